/** Where the API is, and what else the test says by the page's address; an area's addresses, which come after it, have no query. */
export const connection = JSON.parse(
  location.search === '' ? (sessionStorage.getItem('shop') ?? '{}') : JSON.stringify(Object.fromEntries(new URLSearchParams(location.search))),
) as { url: string; apiKey: string } & Partial<Record<string, string>>;

sessionStorage.setItem('shop', JSON.stringify(connection));
