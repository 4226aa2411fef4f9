// How this server asks AccountQL: with the key of the shop, and the cookie of the customer who asks for a page.
import { cookies, headers } from 'next/headers';

const url = process.env.ACCOUNTQL_URL ?? 'http://127.0.0.1:8080/graphql';
const key = process.env.ACCOUNTQL_KEY ?? 'ak_development_do-not-use-this-key-outside-your-own-machine';

/** Where customers open these pages. It stands in --allowed-origins, unless it is the --public-url. */
const origin = process.env.SHOP_ORIGIN ?? 'http://127.0.0.1:3000';

const sessionCookie = '__Host-accountql';

export type Answer<Data> = {
  data?: Data | null;
  errors?: { message: string; extensions: { code: string } }[];
};

/** Reads for a page. */
export async function read<Data>(query: string, variables = {}): Promise<Answer<Data>> {
  const answer = await send(query, variables);
  return answer.json();
}

/** Does something for a server action, and passes on what becomes of the session's cookie. */
export async function change<Data>(query: string, variables = {}): Promise<Answer<Data>> {
  const answer = await send(query, variables);
  for (const line of answer.headers.getSetCookie()) {
    await passOn(line);
  }
  return answer.json();
}

async function send(query: string, variables: object) {
  const asked = await headers();
  const session = (await cookies()).get(sessionCookie);

  return fetch(url, {
    method: 'POST',
    cache: 'no-store',
    headers: {
      'Content-Type': 'application/json',
      'X-Api-Key': key,
      // A browser says of which page it is; a server that renders pages says it itself.
      Origin: origin,
      ...(session && { Cookie: `${sessionCookie}=${encodeURIComponent(session.value)}` }),
      // What the customer sees under "devices", and what their limits are counted by: see the README.
      'User-Agent': asked.get('User-Agent') ?? '',
      'X-Forwarded-For': asked.get('X-Forwarded-For') ?? '',
    },
    body: JSON.stringify({ query, variables }),
  });
}

async function passOn(line: string) {
  const [, name, value] = line.match(/^([^=]+)=([^;]*)/) ?? [];
  const [, maxAge] = line.match(/; Max-Age=(\d+)/) ?? [];
  if (name !== sessionCookie || value === undefined) {
    return;
  }
  // AccountQL says Strict. A page that is opened by a link in a mail gets no Strict cookie, so it says Lax here;
  // what changes something is a server action, which Next.js takes from its own pages only.
  const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
  (await cookies()).set(sessionCookie, value, { ...attributes, maxAge: Number(maxAge) });
}
