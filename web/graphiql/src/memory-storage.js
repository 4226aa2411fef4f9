// createMemoryStorage stands in for localStorage. Tabs, history and variables hold passwords
// and tokens, so nothing GraphiQL keeps may outlive the page.
export function createMemoryStorage(initial = {}) {
  const values = new Map(Object.entries(initial));
  return {
    getItem: key => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, String(value)),
    removeItem: key => void values.delete(key),
    clear: () => values.clear(),
    get length() {
      return values.size;
    },
  };
}
