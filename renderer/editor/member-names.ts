import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetwork, useTexts } from '../app/network';

/** Members' names as text, for where `MemberName` can not be used: labels, sentences, carets. */
export function useNameOf(): (member: string) => string {
  const { t } = useTranslation('ui');
  const { members } = useNetwork().state;
  const refs = useMemo(() => [...members.values()].map(({ name }) => name), [members]);
  const texts = useTexts(refs);
  const names = useMemo(
    () => new Map([...members.keys()].map((id, index) => [id, texts[index]] as const)),
    [members, texts],
  );
  return useCallback((member) => names.get(member) ?? t('unknownMember'), [names, t]);
}
