// A Prettier plugin that formats JSON with comments, which is all GraphiQL asks of Prettier's
// JavaScript plugins (see vite.config.js). Prettier still drives it, so it is a parser that
// hands the finished text to a printer.
import { applyEdits, format } from 'jsonc-parser';

const astFormat = 'formatted-json';

export const parsers = {
  jsonc: {
    astFormat,
    parse(text) {
      const edits = format(text, undefined, { tabSize: 2, insertSpaces: true });
      return { text: applyEdits(text, edits) };
    },
    locStart: () => 0,
    locEnd: node => node.text.length,
  },
};

export const printers = {
  [astFormat]: { print: path => path.node.text },
};
