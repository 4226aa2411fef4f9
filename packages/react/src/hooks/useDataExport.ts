import { useState } from 'react';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../errors';
import { DataExportAbilityDocument, DataExportDocument, RequestDataExportDocument, type DataExportQuery, type RequestDataExportMutation } from '../gql/graphql';
import { flowAction, type FlowAction } from './flow';
import { useAccountQuery } from './useAccountQuery';
import { useAction } from './useAction';
import { useStepUp, type StepUp } from './useStepUp';

export interface DataExportFlow {
  /** The address that the mail goes to; undefined until it is known. */
  email: string | undefined;
  /** Asks for a copy of all data, which a mail announces; after a proof of who the customer is. */
  request: StepUp<[], RequestDataExportMutation['requestDataExport']>;
  /** Whether a copy was asked for. */
  requested: boolean;
}

/** Asks for a copy of everything that the shop's accounts hold of the customer. */
export function useDataExport(): DataExportFlow {
  const { data } = useAccountQuery(DataExportAbilityDocument, {});
  const [requested, setRequested] = useState(false);
  const asking = flowAction(useAction(RequestDataExportDocument), () => ({ input: {} }), data => data.requestDataExport, () => setRequested(true));
  const request = useStepUp(asking, data?.account.can.requestDataExport);

  return { email: data?.account.email, request, requested };
}

export interface DataDownloadFlow {
  /** Reads the copy. Only who is signed in to the account can; TOKEN_INVALID where the token is wrong or too old. */
  download: FlowAction<[token: string], DataExportQuery['dataExport']>;
}

/** Reads the copy by the token of the mail. */
export function useDataDownload(): DataDownloadFlow {
  const client = useClient();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);

  async function run(token: string) {
    setBusy(true);
    const { data, error } = await client.query(DataExportDocument, { token }, { requestPolicy: 'network-only' });
    setBusy(false);
    setProblems(error ? problemsOf(error, false) : []);
    return data?.dataExport;
  }

  return { download: { run, busy, problems, setProblems } };
}
