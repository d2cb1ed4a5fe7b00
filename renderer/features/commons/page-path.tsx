import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCommons } from './commons-context';
import classes from './commons.module.css';
import { pathTo } from './tree-rows';

/** The pages above a page. */
export function PagePath({ id }: { readonly id: string }) {
  const { t } = useTranslation('commons');
  const { tree } = useCommons();
  const path = [{ id: '', title: t('heading') }, ...pathTo(tree, id)];
  return (
    <nav aria-label={t('path')} className={classes['path']}>
      {path.map((page) => (
        <Text key={page.id} span size="sm" c="dimmed">
          <Anchor
            component={Link}
            href={page.id === '' ? '/commons' : `/commons/${page.id}`}
            inherit
            c="dimmed"
            dir="auto"
          >
            {page.title === '' ? t('untitled') : page.title}
          </Anchor>{' '}
          <span aria-hidden>›</span>
        </Text>
      ))}
    </nav>
  );
}
