import { useTranslation } from 'react-i18next';
import { MemberName } from '../../ui/member-name';

/** Who made a change or gave a name; null: nobody who is known. */
export function Author({ member }: { readonly member: string | null }) {
  const { t } = useTranslation('editor');
  return member === null ? <>{t('history.unknownAuthor')}</> : <MemberName id={member} />;
}
