import { useState } from 'react';
import { ReplaceRecoveryCodesDocument, type AbilityFragment, type ReplaceRecoveryCodesMutation } from '../gql/graphql';
import { after, flowAction } from './flow';
import { useAction } from './useAction';
import { useStepUp, type StepUp } from './useStepUp';

/** Of how many recovery codes it is time for new ones. */
const few = 3;

/** New recovery codes, which are shown this once: no query has them. */
export interface NewRecoveryCodes {
  codes: readonly string[];
  /** Whether they take the place of others, which don't work any more. */
  replacing: boolean;
}

export interface RecoveryCodesFlow {
  /** How many are left of ten. */
  left: number;
  /** Whether so few are left that it is time for new ones. */
  few: boolean;
  /** Makes ten new ones in place of those that there are, after a proof of who the customer is. */
  replace: StepUp<[], ReplaceRecoveryCodesMutation['replaceRecoveryCodes']>;
  /** The new ones, until the customer has kept them. */
  fresh: NewRecoveryCodes | undefined;
  /** Shows those that came with the first authenticator. */
  show: (codes: readonly string[]) => void;
  /** The customer has kept them. */
  kept: () => void;
}

/** The customer's recovery codes. `left` is `account.recoveryCodesLeft`, `ability` is `account.can.replaceRecoveryCodes`. */
export function useRecoveryCodes(left: number | null | undefined, ability: AbilityFragment | undefined): RecoveryCodesFlow {
  const [fresh, setFresh] = useState<NewRecoveryCodes>();
  const replacing = flowAction(useAction(ReplaceRecoveryCodesDocument), () => ({ input: {} }), data => data.replaceRecoveryCodes);
  const replace = after(replacing, ({ recoveryCodes }) => setFresh({ codes: recoveryCodes, replacing: true }));

  return {
    left: left ?? 0,
    few: (left ?? 0) < few,
    replace: useStepUp(replace, ability),
    fresh,
    show: codes => setFresh(codes.length > 0 ? { codes, replacing: false } : undefined),
    kept: () => setFresh(undefined),
  };
}
