import { makeOperation, mapExchange, type Exchange } from '@urql/core';
import * as session from './session';

// A change whose answer is lost may have been made. Each one has a name, the Idempotency-Key: sent again under it, it is
// not made a second time, and the answer is the first one, with a new session's token in it.

/** How long to wait before each repetition: together somewhat longer than a server that died keeps others waiting. */
const pauses = [500, 1500, 3000, 4000];

interface Change {
  body: string;
  key: string;
  send: () => Promise<Response>;
  /** Whether nobody knows what became of it, and whether it is sent again just now. */
  lost: boolean;
  insisting: boolean;
  /** Its repetition, which all queries that wait for it share. */
  settling?: Promise<string | null> | undefined;
}

/** The last change, until the page has its answer: whoever presses the button once more means the same one. */
let open: Change | undefined;

/** Names each mutation and sends it again where no answer comes. Queries wait for that: their token may be dead by the change. */
export const sendAgain: Exchange = mapExchange({
  onOperation(operation) {
    const ask = operation.kind === 'mutation' ? change : query;
    const send = operation.context.fetch ?? fetch;
    return makeOperation(operation.kind, operation, { ...operation.context, fetch: (input, init) => ask(send, input, init) });
  },
});

type Ask = (send: typeof fetch, ...request: Parameters<typeof fetch>) => Promise<Response>;

const change: Ask = async (through, input, init) => {
  // What can't be sent needs no second try.
  if (!navigator.onLine) {
    return through(input, init);
  }
  const body = String(init?.body);
  const key = open?.body === body ? open.key : crypto.randomUUID();
  // Its signal is over when the page has given up, and the change isn't.
  const send = () => whole(through, input, { ...init, signal: null, headers: withHeader(init, 'Idempotency-Key', key) });
  const mine: Change = (open = { body, key, send, lost: false, insisting: true });
  const response = await insist(mine).finally(() => (mine.insisting = false));
  if (!mine.lost && open === mine) {
    open = undefined;
  }
  return response;
};

/** Sends a change until it is answered, a few times. */
async function insist(mine: Change): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const last = tries === pauses.length;
    try {
      const response = await mine.send();
      mine.lost = await isMissing(response.clone());
      if (!mine.lost || last) {
        return response;
      }
    } catch (error) {
      mine.lost = true;
      if (last) {
        throw error;
      }
    }
    await new Promise(resolve => setTimeout(resolve, pauses[tries]));
  }
}

const query: Ask = async (through, input, init) => {
  if (!open?.lost) {
    return through(input, init);
  }
  const lost = open;
  if (lost.insisting) {
    throw new TypeError('the last change has no answer yet');
  }
  const token = await (lost.settling ??= settle(lost).finally(() => (lost.settling = undefined)));
  return through(input, token === null ? init : { ...init, headers: withHeader(init, 'Authorization', `Bearer ${token}`) });
};

/** Finds out what became of a change; resolves to the token that it gave the session, if it gave one. */
async function settle(lost: Change): Promise<string | null> {
  const response = await lost.send();
  if (await isMissing(response.clone())) {
    throw new TypeError('the last change has no answer yet');
  }
  lost.lost = false;
  const { data } = (await response.json()) as { data?: Record<string, { session?: { token: string | null } }> | null };
  const begun = Object.values(data ?? {}).find(payload => payload.session)?.session;
  if (begun && session.current().token !== null) {
    session.renew(begun.token);
  }
  return begun?.token ?? null;
}

function withHeader(init: RequestInit | undefined, name: string, value: string): Headers {
  const headers = new Headers(init?.headers);
  headers.set(name, value);
  return headers;
}

/** The answer with all of its body, which can be cut as well. */
async function whole(through: typeof fetch, input: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
  const response = await through(input, init);
  const { status, statusText, headers } = response;
  return new Response(await response.text(), { status, statusText, headers });
}

/** Whether what came is worth another try: a proxy's or the service's word that it can't now, or that the first one still runs. */
async function isMissing(response: Response): Promise<boolean> {
  return [502, 503, 504].includes(response.status) || (response.status === 409 && (await response.text()).includes('"IDEMPOTENCY_KEY_IN_USE"'));
}
