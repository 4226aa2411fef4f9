import { useSyncExternalStore } from 'react';

// Bar says at a glance whose session the requests carry, and leads to the inbox.
export function Bar({ api }) {
  const { session, ended } = useSyncExternalStore(api.subscribe, api.getState);
  return (
    <header className="bar">
      <h1>
        <img src="/graphiql/icon.svg" alt="" width="24" height="24" />
        AccountQL
      </h1>
      <span className="badge">development</span>
      <p className="key" title={`Every request carries X-Api-Key: ${api.apiKey}`}>
        API key <code>{api.apiKey}</code>
      </p>
      <p className="status" role="status">
        <span className={session ? 'dot on' : 'dot'} aria-hidden="true" />
        <span>
          {session ? (
            <>
              Signed in as <strong>{session.email ?? 'a customer'}</strong>
            </>
          ) : ended ? (
            'Not signed in: the session has ended'
          ) : (
            'Not signed in'
          )}
        </span>
      </p>
      {session && (
        <button
          type="button"
          onClick={() => api.signOut()}
          title="Ends this session and forgets its token"
        >
          Sign out (forget token)
        </button>
      )}
      {/* A tab of its own, because leaving this page would lose the session. */}
      <a className="inbox" href="/inbox" target="accountql-inbox">
        Inbox
      </a>
    </header>
  );
}
