import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { filesIn } from '../../../shared/commons/exchange/page-file';
import { linksInMarkdown } from '../../../shared/commons/links/links';
import { Markdown } from '../markdown/markdown';

interface Props {
  readonly title: string;
  /** Canonical Markdown. */
  readonly markdown: string;
}

/** A page as the world sees it, once it is public, and what to think of before that. */
export function PublicText({ title, markdown }: Props) {
  const { t } = useTranslation('publication');
  return (
    <Stack gap="sm">
      <Mind markdown={markdown} />
      <Paper withBorder p="md" role="group" aria-label={t('text.label')}>
        <Title order={3} size="h3" mb="sm" dir="auto">
          {title === '' ? t('untitled') : title}
        </Title>
        {markdown === '' ? <Text c="dimmed">{t('text.empty')}</Text> : <Markdown text={markdown} headings={4} />}
      </Paper>
    </Stack>
  );
}

/** What of a text is easily overlooked. */
function Mind({ markdown }: Pick<Props, 'markdown'>) {
  const { t } = useTranslation('publication');
  const files = useMemo(() => [...filesIn(markdown)], [markdown]);
  const members = useMemo(
    () => linksInMarkdown(markdown).links.filter(({ target }) => target.kind === 'member').length,
    [markdown],
  );
  if (files.length === 0 && members === 0) return null;
  return (
    <List size="sm">
      {members > 0 && <List.Item>{t('text.members', { count: members })}</List.Item>}
      {files.length > 0 && (
        <List.Item>
          {t('text.files', { count: files.length })}{' '}
          {files.map(([id, name], index) => (
            <span key={id}>
              {index > 0 && ', '}
              <bdi>{name === '' ? t('text.unnamed') : name}</bdi>
            </span>
          ))}
        </List.Item>
      )}
    </List>
  );
}
