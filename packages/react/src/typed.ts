import { useState } from 'react';
import { channel } from './browser';

// An address that was typed on one screen before the sign-in stands on the next one, too: whoever
// forgot the password has just typed it. It is kept in memory only, and another tab of the page, such
// as the one that the mail's link opens, may ask for it.

let address = '';
const tabs = channel<{ ask: true } | { address: string }>('accountql.typed');
const listeners = new Set<(address: string) => void>();

tabs.hear(data => {
  if (!('ask' in data)) {
    listeners.forEach(listener => listener(data.address));
  } else if (address !== '') {
    tabs.tell({ address });
  }
});

export function typed(): string {
  return address;
}

export function setTyped(next: string) {
  address = next;
}

/** Asks the other tabs for the address; calls the listener if one knows it. Returns how to stop. */
export function askTyped(listener: (address: string) => void): () => void {
  listeners.add(listener);
  tabs.tell({ ask: true });
  return () => listeners.delete(listener);
}

/** The properties of an e-mail field that takes over what was typed on another screen. */
export function useTypedAddress() {
  const [value, setValue] = useState(typed);
  return {
    value,
    onChange: ({ target }: { target: { value: string } }) => {
      setTyped(target.value);
      setValue(target.value);
    },
  };
}
