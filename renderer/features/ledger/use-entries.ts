import { useCallback } from 'react';
import type { Entry } from '../../../shared/network/ledger/model';
import { type StatementLine, statement } from '../../../shared/network/ledger/queries';
import { useNetwork } from '../../app/network';
import { useSteps } from '../../app/steps';
import { sortedEntries } from './sorted-entries';

/** Every entry, newest first; undefined until they are sorted. */
export function useEntries(): readonly Entry[] | undefined {
  const { entries } = useNetwork().state;
  return useSteps(useCallback(() => sortedEntries(entries), [entries]));
}

/** What moved an account, newest first; undefined until it is summed up. */
export function useStatement(account: string): readonly StatementLine[] | undefined {
  const { entries } = useNetwork().state;
  return useSteps(
    useCallback(
      function* () {
        return yield* statement(yield* sortedEntries(entries), account);
      },
      [entries, account],
    ),
  );
}
