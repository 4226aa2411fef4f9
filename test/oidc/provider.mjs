// A certified OpenID provider on loopback, whose keys can be rotated, and a
// browser of its customers that consents to everything.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';

export const callback = 'http://127.0.0.1:9/callback';
// What access tokens are for; they are JWTs.
export const resource = 'https://shop.example/account';

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

// page is an application whose pages lead browsers here and get an ID token back at an address. Only applications on the
// customer's own machine may have one that is not https.
export function page(id, returns) {
  return {
    client_id: id, application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: [returns],
    grant_types: ['implicit', 'authorization_code'], response_types: ['id_token', 'code id_token'],
  };
}

function client(id) {
  return typeof id === 'object' ? id : {
    client_id: id, client_secret: `secret of ${id}`, token_endpoint_auth_method: 'client_secret_post',
    redirect_uris: [callback], grant_types: ['authorization_code'], response_types: ['code'],
  };
}

// start listens on a port and returns the provider; clients are its applications, by their id or by what page makes.
export async function start(clients) {
  const server = createServer((request, response) => serve(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let serve;

  // rotate replaces the keys: what was signed before is not known any more.
  const rotate = () => {
    const provider = new Provider(issuer, {
      clients: clients.map(client),
      jwks: { keys: [newKey()] },
      cookies: { keys: [randomUUID()] },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      pkce: { required: () => false },
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: id !== 'doubtful' }),
      }),
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({ scope: 'openid email', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
        },
      },
      // What an issuer of customer tokens says beside the subject.
      extraTokenClaims: (_, token) => ({ email: `${token.accountId}@example.com`, email_verified: true, auth_time: Math.floor(Date.now() / 1000) }),
    });
    const answer = provider.callback();
    serve = async (request, response) => {
      if (!request.url.startsWith('/interaction/')) {
        answer(request, response);
        return;
      }
      // The customer signs in as whom the application hints, and consents; nobody refuses.
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      if (params.login_hint === 'nobody') {
        await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'no, thanks' });
        return;
      }
      if (prompt.name === 'login') {
        await provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
        return;
      }
      const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
      grant.addOIDCScope('openid email');
      if (params.resource) {
        grant.addResourceScope(params.resource, 'openid email');
      }
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    };
  };
  rotate();

  return {
    issuer,
    rotate,
    // signIn walks the authorization code flow and returns the tokens of a customer's sign-in at an application.
    signIn: (application, customer, more = {}) => authorize(issuer, application, customer, more),
    // visit is what a browser does that a page leads here: it returns the address to which the provider sends it back, or
    // the form that it has to send there.
    visit: (address, returns) => browse(address, returns),
    // hang takes requests and answers none of them.
    hang: () => { serve = () => {}; },
    // stop refuses connections.
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function browse(address, returns) {
  const cookies = new Map();
  let location = address;
  while (!location.startsWith(returns)) {
    const answer = await fetch(location, {
      redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) {
      return { form: form(await answer.text(), returns) };
    }
    location = new URL(next, location).href;
  }
  return { location };
}

// form reads the form that a provider's page sends to an address by itself.
function form(text, action) {
  if (!text.includes(`<form method="post" action="${action}">`)) {
    throw new Error(`the provider answered with another page: ${text}`);
  }
  const fields = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g)];
  return new URLSearchParams(fields.map(([, name, value]) => [name, value]));
}

async function authorize(issuer, application, customer, more) {
  const { location } = await browse(`${issuer}/auth?${new URLSearchParams({
    client_id: application, response_type: 'code', redirect_uri: callback, scope: 'openid email', login_hint: customer, max_age: '600', state: randomUUID(), ...more,
  })}`, callback);
  const code = new URL(location).searchParams.get('code');
  if (!code) {
    throw new Error(`the provider refused: ${location}`);
  }
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', code, redirect_uri: callback, client_id: application, client_secret: `secret of ${application}`, ...more,
    }),
  });
  const tokens = await answer.json();
  if (!tokens.id_token) {
    throw new Error(`no tokens: ${JSON.stringify(tokens)}`);
  }
  return { idToken: tokens.id_token, accessToken: tokens.access_token };
}
