// What build/messages.mjs makes of the catalogs.

declare module 'messages:outline' {
  const outlines: Record<string, Record<'outline.title' | 'outline.opening' | 'outline.failed' | 'outline.again' | 'outline.silent', string>>;
  export default outlines;
}

declare module 'messages:*' {
  const messages: Record<string, import('./words').Compiled>;
  export default messages;
}

/** The styles of the package, for what is in an element of the class "accountql". */
declare module 'style:scoped' {
  const styles: string;
  export default styles;
}
