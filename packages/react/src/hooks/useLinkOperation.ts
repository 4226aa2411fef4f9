import type { TypedDocumentNode } from '@urql/core';
import { useState } from 'react';
import { forgetToken } from './useLinkToken';
import type { FlowAction } from './flow';
import { useOperation } from './useOperation';

/** What a mailed link is for, and what it answered: undefined until it was done. The page's address goes on without the token. */
export function useLinkOperation<Data, Name extends keyof Data, Input>(
  document: TypedDocumentNode<Data, { input: Input }>,
  name: Name,
  onDone?: (answer: Data[Name]) => void,
): readonly [FlowAction<[fields: Input], Data[Name]>, Data[Name] | undefined] {
  const [done, setDone] = useState<Data[Name]>();
  const operation = useOperation(document, name, {
    onDone: answer => {
      forgetToken();
      onDone?.(answer);
      setDone(() => answer);
    },
  });
  return [operation, done];
}
