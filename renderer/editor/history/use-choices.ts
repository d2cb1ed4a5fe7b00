import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamedVersion } from '../../../shared/commons/versions';
import { formatMoment } from '../../ui/dates';
import { useLocale } from '../../ui/locale';
import { useNameOf } from '../member-names';
import { type Chosen, NOW, keyOf } from './chosen';
import type { DocHistory } from './use-history';

/** Changes that a state can be compared with: the newest. */
const MOST = 100;

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly chosen: Chosen;
}

/** What a state can be compared with: the text of now, the states with a name, and the changes, newest first. */
export function useChoices(
  { changes }: DocHistory,
  versions: readonly NamedVersion[],
  chosen: Chosen,
): readonly Choice[] {
  const { t } = useTranslation('editor');
  const locale = useLocale();
  const nameOf = useNameOf();
  return useMemo(() => {
    const by = (member: string | null) => (member === null ? t('history.unknownAuthor') : nameOf(member));
    const all: (Omit<Choice, 'key'> & { readonly chosen: Chosen })[] = [
      { label: t('history.now'), chosen: NOW },
      ...versions.map((version) => ({ label: version.name, chosen: { kind: 'version', version } as const })),
      ...(changes ?? [])
        .slice(-MOST)
        .toReversed()
        .map((change) => ({
          label: `${by(change.member)} · ${formatMoment(change.time, locale)}`,
          chosen: { kind: 'change', change } as const,
        })),
    ];
    return all.map((choice) => ({ ...choice, key: keyOf(choice.chosen) })).filter(({ key }) => key !== keyOf(chosen));
  }, [changes, versions, chosen, t, nameOf, locale]);
}
