import { Button } from '@mantine/core';
import { IconAppWindow } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header';
import { useEngine } from './engine';
import { PlainLayout } from './plain-layout';

/** Shows the app until another window of the profile has taken the engine: two that sign with one key would fork it. */
export function OneWindow({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('app');
  const engine = useEngine();
  const [takenOver, setTakenOver] = useState(false);
  useEffect(
    () =>
      engine.listen((event) => {
        if (event.kind === 'taken-over') setTakenOver(true);
      }),
    [engine],
  );
  if (!takenOver) return children;
  return (
    <PlainLayout>
      <PageHeader title={t('takenOver.title')} subtitle={t('takenOver.text')} />
      <Button leftSection={<IconAppWindow size={18} />} onClick={() => window.location.reload()}>
        {t('takenOver.action')}
      </Button>
    </PlainLayout>
  );
}
