// The API shows where a secret was sent only masked, but a page that was reloaded needs the whole
// address or number to send it again. The tab remembers it by the change's id, until the sign-out.

const key = (challengeId: string) => `accountql.change.${challengeId}`;

export function remember(challengeId: string, target: string) {
  sessionStorage.setItem(key(challengeId), target);
}

export function recall(challengeId: string): string {
  return sessionStorage.getItem(key(challengeId)) ?? '';
}
