import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../ui';
import type { Translate } from '../../../shared/words/translate';
import type { Words } from './sentences';

export interface NamedType {
  readonly id: string;
  readonly label: string;
}

/** The words in which parameters are told, with the membership types that they may refer to. */
export function useWords(types: readonly NamedType[]): Words {
  const { t } = useTranslation('templates');
  const locale = useLocale();
  return useMemo(
    () => ({
      t: t as Translate,
      locale,
      typeLabel: (id) => types.find((type) => type.id === id)?.label ?? id,
    }),
    [t, locale, types],
  );
}

/** Membership types of a set of protocols; none where it has no protocol of membership. */
export function typesOf(
  protocols: readonly { readonly kind: string; readonly params: unknown }[],
): readonly NamedType[] {
  const params = protocols.find((protocol) => protocol.kind === 'membership')?.params as
    { readonly types?: readonly NamedType[] } | undefined;
  return params?.types ?? NO_TYPES;
}
const NO_TYPES: readonly NamedType[] = [];
