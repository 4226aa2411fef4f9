import { parse, valueFromASTUntyped } from 'graphql';

const whoAmI = 'query whoAmI { account { email } }';

// createApi speaks to /graphql for the page and holds the session, in memory only. A session
// is { token, email }, where email is null until it is known.
export function createApi(apiKey) {
  let state = { session: null, ended: false };
  const listeners = new Set();

  function setState(next) {
    state = next;
    for (const listener of listeners) {
      listener();
    }
  }

  async function send(params, extraHeaders = {}) {
    const headers = new Headers({
      Accept: 'application/graphql-response+json, application/json',
      'Content-Type': 'application/json',
      'X-Api-Key': apiKey,
    });
    if (state.session) {
      headers.set('Authorization', `Bearer ${state.session.token}`);
    }
    // What stands in the headers editor wins, so that another key or session can be tried.
    for (const [name, value] of Object.entries(extraHeaders)) {
      headers.set(name, String(value));
    }
    const response = await fetch('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({
        query: params.query,
        variables: params.variables ?? undefined,
        operationName: params.operationName ?? undefined,
      }),
      credentials: 'omit',
      cache: 'no-store',
    });
    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new Error(`The server answered with HTTP status ${response.status} and no JSON.`);
    }
    forgetDeadSession(headers.get('Authorization'), answer);
    return answer;
  }

  // A session can end elsewhere: by a password reset, on another device, or by time. The first
  // answer that says so is believed, unless the token in question is not the one held here.
  function forgetDeadSession(sent, answer) {
    const dead = answer.errors?.some(error => error.extensions?.code === 'UNAUTHENTICATED');
    if (dead && state.session && sent === `Bearer ${state.session.token}`) {
      setState({ session: null, ended: true });
    }
  }

  function learnFrom(params, answer) {
    const operation = rootField(params);
    for (const payload of Object.values(answer.data ?? {})) {
      const token = payload?.session?.token;
      if (typeof token === 'string') {
        const email = payload.account?.email ?? operation?.input?.email ?? state.session?.email;
        setState({ session: { token, email: email ?? null }, ended: false });
      }
    }
    if (!operation?.isMutation || !answer.data || answer.errors || !state.session) {
      return;
    }
    if (endsSession(operation)) {
      setState({ session: null, ended: false });
    } else {
      checkSession();
    }
  }

  // A mutation may have changed the address or ended the session, so the bar asks rather than
  // guesses. It is a courtesy: when it fails, the bar stays as it is.
  async function checkSession() {
    const { token } = state.session;
    try {
      const answer = await send({ query: whoAmI });
      const email = answer.data?.account?.email;
      if (email && state.session?.token === token) {
        setState({ session: { token, email }, ended: false });
      }
    } catch {
      return;
    }
  }

  return {
    apiKey,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    // fetcher answers GraphiQL with an observable, because GraphiQL drops an observable when the
    // tab changes. A promise would put a late answer into whichever tab is then open. The
    // request itself is never cut off: the session in its answer must not be lost.
    fetcher(params, options) {
      return {
        subscribe(observer) {
          let wanted = true;
          send(params, options?.headers).then(
            answer => {
              learnFrom(params, answer);
              if (wanted) {
                observer.next(answer);
                observer.complete();
              }
            },
            error => {
              if (wanted) {
                observer.error(error);
              }
            },
          );
          return {
            unsubscribe() {
              wanted = false;
            },
          };
        },
      };
    },

    // signOut ends the session on the server, and forgets the token whether or not that worked.
    async signOut() {
      const request = send({
        query: 'mutation signOut { signOut(input: { scope: THIS_SESSION }) { revokedSessions } }',
      });
      setState({ session: null, ended: false });
      await request.catch(() => {});
    },
  };
}

function endsSession({ name, input }) {
  return name === 'deleteAccount' || (name === 'signOut' && input?.scope !== 'OTHER_SESSIONS');
}

// rootField finds the field a request runs and the input it has, whether that is written in the
// document or in the variables. It returns null for what it can't read.
function rootField({ query, variables, operationName }) {
  try {
    const definitions = parse(query).definitions.filter(d => d.kind === 'OperationDefinition');
    const operation = operationName
      ? definitions.find(d => d.name?.value === operationName)
      : definitions[0];
    const field = operation.selectionSet.selections.find(
      s => s.kind === 'Field' && s.name.value !== '__typename',
    );
    const input = field.arguments.find(argument => argument.name.value === 'input');
    return {
      isMutation: operation.operation === 'mutation',
      name: field.name.value,
      input: input && valueFromASTUntyped(input.value, variables),
    };
  } catch {
    return null;
  }
}
