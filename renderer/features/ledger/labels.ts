import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { carriedMembers } from '../../../shared/network/founding/queries';
import { subjectOf } from '../../../shared/network/ledger/accounts';
import { useNetwork, useTexts } from '../../app/network';

/** Categories offered before a network has its own; others are what members type. */
export const EXPENSE_CATEGORIES = [
  'repairs',
  'materials',
  'tools',
  'energy',
  'insurance',
  'taxes',
  'rent',
  'interest',
  'fees',
  'food',
] as const;
export const INCOME_CATEGORIES = ['dues', 'rent', 'sales', 'grants', 'interest', 'gifts'] as const;

export type AccountLabel = (account: string) => string;

/** Names of accounts as text, for lists, searches and tables; a member's name is that of the member now. */
export function useAccountLabel(): AccountLabel {
  const { t, i18n } = useTranslation('ledger');
  const names = useNames();
  return useMemo(
    () => (account) => {
      const subject = subjectOf(account);
      if (subject === undefined) return t(`account.${account}`);
      const kind = account.slice(0, account.indexOf(':'));
      if (kind === 'expense' || kind === 'income') {
        const key = `category.${subject}`;
        return i18n.exists(key, { ns: 'ledger' }) ? t(key) : capitalised(subject.replaceAll('-', ' '));
      }
      return t(`account.${kind}`, { name: names.get(subject) ?? t('account.nameless') });
    },
    [t, i18n, names],
  );
}

/** The name alone, without "Capital of" or "Owed to", where the heading says it. */
export function useNameOf(): (subject: string) => string {
  const { t } = useTranslation('ledger');
  const names = useNames();
  return useMemo(() => (subject) => names.get(subject) ?? t('account.nameless'), [names, t]);
}

/** Of members, of who was one in the network before, and of resources, by id. */
function useNames(): ReadonlyMap<string, string | null | undefined> {
  const { t } = useTranslation('ledger');
  const { members, resources, network } = useNetwork().state;
  const before = useMemo(() => carriedMembers({ network }), [network]);
  const named = useMemo(() => [...members.values(), ...resources.values(), ...before], [members, resources, before]);
  const texts = useTexts(useMemo(() => named.map((row) => row.name), [named]));
  return useMemo(() => {
    const own = named.length - before.length;
    return new Map(
      named.map(({ id }, index) => {
        const name = texts[index];
        return [id, index < own || typeof name !== 'string' ? name : t('account.before', { name })];
      }),
    );
  }, [named, before, texts, t]);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
