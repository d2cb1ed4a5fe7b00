import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

/** An address that leads nowhere; `/` is the nearest place: the network's home, or the first screen. */
export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState
        title={t('notFound.what')}
        text={t('notFound.text')}
        icon={<IconMapQuestion size={28} stroke={1.5} />}
        action={
          <Button component={Link} href="/" variant="default">
            {t('notFound.back')}
          </Button>
        }
      />
    </>
  );
}
