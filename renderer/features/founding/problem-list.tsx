import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/engine/founding-draft';

/** What keeps the founder from going on, in words; announced when it appears. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation(['founding', 'templates']);
  const kind = (name: string) => t(`kinds.${name}.label`, { ns: 'templates' });
  // What is missing in a field of this step is said at the field.
  const words = problems.flatMap((problem) => {
    if ('field' in problem) return [];
    if ('protocol' in problem) return t('problems.incomplete', { ns: 'templates', kind: kind(problem.kind) });
    const { code, name } = problem.agreement;
    return t(`problems.${code}`, { ns: 'templates', name, kind: kind(problem.agreement.kind) });
  });
  if (words.length === 0) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert">
      <List size="sm">
        {words.map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The message at a field, when it is among the problems. */
export function useFieldError(problems: readonly Problem[]): (field: string) => string | null {
  const { t } = useTranslation('founding');
  return (field) =>
    problems.some((problem) => 'field' in problem && problem.field === field) ? t(`problems.${field}`) : null;
}
