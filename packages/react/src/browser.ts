// A server renders the parts, too, and there is no browser in it: nobody is signed in, and no other tab is open.

/** Whether this is a browser. */
export const inBrowser = typeof document !== 'undefined';

/** What the tabs of a page tell one another by. */
export interface Channel<News> {
  tell: (news: News) => void;
  hear: (listener: (news: News) => void) => () => void;
}

/** The channel of a name to the other tabs; on a server nobody hears and nobody tells. */
export function channel<News>(name: string): Channel<News> {
  const tabs = inBrowser ? new BroadcastChannel(name) : undefined;
  return {
    tell: news => tabs?.postMessage(news),
    hear(listener) {
      const heard = ({ data }: MessageEvent<News>) => listener(data);
      tabs?.addEventListener('message', heard);
      return () => tabs?.removeEventListener('message', heard);
    },
  };
}
