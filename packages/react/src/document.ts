import { createRequest, type DocumentInput, type TypedDocumentNode } from '@urql/core';

/** A document of the page by its text and the hash that trusted documents have; the build writes such calls (build/documents.ts). */
export function document<Result, Variables>(text: string, hash: string): TypedDocumentNode<Result, Variables> {
  let definitions: TypedDocumentNode['definitions'] | undefined;
  const lazy = {
    kind: 'Document',
    get definitions() {
      return (definitions ??= createRequest(text as DocumentInput, {}).query.definitions);
    },
    __meta__: { hash },
  };
  return lazy as unknown as TypedDocumentNode<Result, Variables>;
}
