import { AcceptTermsDocument, type AcceptTermsMutation, type OverviewQuery, type TermsDocumentFragment } from '../gql/graphql';
import { accepted } from '../terms';
import type { FlowAction } from './flow';
import { useAction } from './useAction';

export interface TermsFlow {
  /** The documents that the customer has to accept before something of the account can be changed. */
  documents: TermsDocumentFragment[];
  /** Accepts all of them, in the versions that are shown. */
  accept: FlowAction<[], AcceptTermsMutation['acceptTerms']>;
}

/** The terms that wait for the customer, of those of the account (`Account.terms`). */
export function useTerms(terms: OverviewQuery['account']['terms'] | undefined): TermsFlow {
  const { run, ...state } = useAction(AcceptTermsDocument, { repeatable: true, onScreen: true });
  const documents = terms?.flatMap(({ acceptanceRequired, document }) => (acceptanceRequired ? [document] : [])) ?? [];
  return { documents, accept: { ...state, run: async () => (await run({ input: { terms: accepted(documents) } }))?.acceptTerms } };
}
