const key = 'accountql.device';

/**
 * By this value the account knows the browser again, so that a sign-in with it is no news. It proves nothing, and stays
 * when a customer signs out. Where the browser keeps the session in a cookie, the server sets another one for it.
 */
export function deviceMark(): string {
  const kept = localStorage.getItem(key);
  if (kept !== null) {
    return kept;
  }
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
  localStorage.setItem(key, made);
  return made;
}
