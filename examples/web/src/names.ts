interface Named {
  firstName: string | null;
  lastName: string | null;
  displayName: string | null;
}

/** What a customer is called, or an empty text. */
export function nameOf({ firstName, lastName, displayName }: Named): string {
  return [firstName, lastName].filter(Boolean).join(' ') || displayName || '';
}
