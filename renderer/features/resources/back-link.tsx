import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import classes from './resources.module.css';

export function BackLink() {
  const { t } = useTranslation('resources');
  return (
    <Anchor component={Link} href="/resources" size="sm" mb="xs" className={classes['back'] ?? ''}>
      <IconArrowLeft size={16} aria-hidden className={classes['arrow']} />
      {t('title')}
    </Anchor>
  );
}
