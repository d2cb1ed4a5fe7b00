import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { plainText } from '../../../shared/commons/search/plain-text';
import { parseMarkdown } from '../../../shared/commons/text/parse';
import { type FigureMismatch, figureMismatches } from '../../../shared/network/agreement/figures';
import { type Parameters, parametersOf } from '../../../shared/network/agreement/model';
import { agreementProblems } from '../../../shared/network/agreement/problems';
import { type AgreementWarning, agreementWarnings } from '../../../shared/network/agreement/warnings';
import { useNetwork } from '../../app/network';
import { formatMoney, typeLabel, useLocale } from '../../ui';
import { ProblemsOfAgreement } from './problems-of-agreement';
import type { ReadableProtocol } from './readable';

interface Props {
  /** The whole agreement as it would be. */
  readonly protocols: readonly ReadableProtocol[];
  /** Whose texts are held against their parameters: those that would change. */
  readonly touched: readonly string[];
}

/** Before the vote: what keeps an agreement from working, what it would do that may not be meant, and texts that say other figures. */
export function Contradictions({ protocols, touched }: Props) {
  const { t } = useTranslation('contradictions');
  const { state } = useNetwork();
  const problems = useMemo(() => agreementProblems(protocols), [protocols]);
  const warnings = useMemo(() => agreementWarnings(state, protocols), [state, protocols]);
  const mismatches = useMemo(() => {
    const decisions = protocols.find(({ kind }) => kind === 'decisions')?.params;
    const classes = parametersOf('decisions')(decisions) ? (decisions as Parameters<'decisions'>).classes : [];
    return protocols
      .filter(({ id }) => touched.includes(id))
      .flatMap(({ id, kind, title, text, params }) =>
        figureMismatches(kind, params, plainText(parseMarkdown(text ?? '')), classes).map((mismatch) => ({
          ...mismatch,
          id,
          title,
        })),
      );
  }, [protocols, touched]);
  if (problems.length + warnings.length + mismatches.length === 0) return null;
  return (
    <Stack gap="sm">
      <ProblemsOfAgreement problems={problems} />
      {warnings.length + mismatches.length > 0 && (
        <Alert
          color="yellow"
          variant="light"
          title={t('title')}
          icon={<IconAlertCircle size={18} aria-hidden />}
          role="status"
        >
          <List size="sm">
            {mismatches.map((mismatch) => (
              <List.Item key={`${mismatch.id} ${mismatch.said}`}>
                <Mismatch mismatch={mismatch} title={mismatch.title} />
              </List.Item>
            ))}
            {warnings.map((warning) => (
              <List.Item key={`${warning.code} ${warning.name}`}>
                <Warning warning={warning} />
              </List.Item>
            ))}
          </List>
          <Text size="sm" mt="xs">
            {t('noBlock')}
          </Text>
        </Alert>
      )}
    </Stack>
  );
}

function Mismatch({ mismatch, title }: { readonly mismatch: FigureMismatch; readonly title: string }) {
  const { t } = useTranslation('contradictions');
  const locale = useLocale();
  const { unit, said, parameters } = mismatch;
  const value = (amount: number): string => {
    if (unit === 'day') return t('unit.day', { count: amount });
    if (unit === 'night') return t('unit.night', { count: amount });
    if (unit === 'share') return t('unit.share', { count: amount });
    if (unit === 'percent') return new Intl.NumberFormat(locale, { style: 'percent' }).format(amount / 100);
    return formatMoney(amount, unit, locale);
  };
  // A figure of zero says that there is none of it; it is named only where there is nothing else.
  const told = parameters.some((amount) => amount !== 0) ? parameters.filter((amount) => amount !== 0) : parameters;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(told.map(value));
  return <>{t('figure', { title, said, parameters: list })}</>;
}

function Warning({ warning: { code, name, count } }: { readonly warning: AgreementWarning }) {
  const { t } = useTranslation('contradictions');
  const { state } = useNetwork();
  const isType = code === 'type-dropped' || code === 'quota-without-right';
  return <>{t(`warning.${code}`, { name: isType ? typeLabel(name, state) : name, count })}</>;
}
