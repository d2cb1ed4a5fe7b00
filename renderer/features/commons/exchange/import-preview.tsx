import { List, ScrollArea, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeftOut } from '../../../../shared/commons/exchange/read-import';
import type { ImportPreview } from '../../../../shared/engine/page-import';
import { PeerholdError } from '../../../../shared/errors';
import { useErrorText } from '../../../ui/errors';
import classes from './exchange.module.css';

/** Lines of a list that are shown. */
const SHOWN = 500;

/** The pages that would be made, as a tree, and the files that would be left out. */
export function ImportPreviewView({ preview: { pages, files, left } }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation('exchange');
  if (pages.length === 0)
    return (
      <>
        <Text fw={600}>{t('import.nothing')}</Text>
        <LeftOutList left={left} />
      </>
    );
  return (
    <>
      <div>
        <Title order={3} size="h5">
          {t('import.preview')}
        </Title>
        <Text size="sm" c="dimmed">
          {[t('pages', { count: pages.length }), t('files', { count: files })].join(' · ')}
        </Text>
      </div>
      <ScrollArea.Autosize
        mah="16rem"
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': t('import.preview') }}
      >
        <ul className={classes['pages']}>
          {pages.slice(0, SHOWN).map(({ title, level, path, files: count }) => (
            <li key={path} style={{ paddingInlineStart: `${(Math.min(level, 12) - 1) * 1.25}rem` }}>
              <bdi>{title === '' ? t('untitled') : title}</bdi>
              {count > 0 && (
                <Text span size="sm" c="dimmed">
                  {' '}
                  ({t('files', { count })})
                </Text>
              )}
            </li>
          ))}
        </ul>
        {pages.length > SHOWN && <Text size="sm">{t('import.more', { count: pages.length - SHOWN })}</Text>}
      </ScrollArea.Autosize>
      <LeftOutList left={left} />
    </>
  );
}

/** Files that are not imported, each with the reason. Nothing where there are none. */
export function LeftOutList({ left }: { readonly left: readonly LeftOut[] }) {
  const { t } = useTranslation('exchange');
  if (left.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('import.left', { count: left.length })}
      </Text>
      <List size="sm">
        {left.slice(0, SHOWN).map(({ path, code }, index) => (
          <List.Item key={`${index} ${path}`}>
            <bdi>{path}</bdi>: <Reason code={code} />
          </List.Item>
        ))}
      </List>
      {left.length > SHOWN && <Text size="sm">{t('import.more', { count: left.length - SHOWN })}</Text>}
    </div>
  );
}

function Reason({ code }: { readonly code: string }) {
  return useErrorText()(new PeerholdError(code));
}
