import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/network';
import { useNameOf } from '../member-names';

/** Names of those who changed something elsewhere, in words. */
export function useOthers(who: readonly (string | null)[]): string {
  const { t, i18n } = useTranslation('editor');
  const me = useMe();
  const nameOf = useNameOf();
  const names = who.map((member) =>
    member === null ? t('news.someone') : member === me?.member ? t('apart.otherDevice') : nameOf(member),
  );
  return new Intl.ListFormat(i18n.language).format(names);
}
