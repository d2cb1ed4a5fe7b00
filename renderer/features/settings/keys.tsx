import { Alert, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../app/engine';
import { getPlatform } from '../../platform';

type Kept = 'keychain' | 'locked' | 'noKeychain' | 'inBrowser';

/** What keeps the keys on this device, plainly: nobody else can. */
export function Keys() {
  const { t } = useTranslation('settings');
  const engine = useEngine();
  const [kept, setKept] = useState<Kept>();
  const [unlocked, setUnlocked] = useState(0);
  useEffect(() => {
    let stale = false;
    const look = async (): Promise<void> => {
      const [kind, { shell }] = await Promise.all([engine.keys, getPlatform().info()]);
      const count = kind === 'keychain' ? await engine.calls.unlockedKeys() : 0;
      if (stale) return;
      setKept(kind !== 'none' ? kind : shell === 'electron' ? 'noKeychain' : 'inBrowser');
      setUnlocked(count);
    };
    look().catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [engine]);
  return (
    <section aria-labelledby="keys">
      <Title order={2} id="keys" mb={4}>
        {t('keys.title')}
      </Title>
      {kept === 'keychain' || kept === 'inBrowser' ? <Text>{t(`keys.${kept}`)}</Text> : null}
      {kept === 'locked' || kept === 'noKeychain' ? (
        <Alert color="yellow" role="note">
          {t(`keys.${kept}`)}
        </Alert>
      ) : null}
      {unlocked > 0 ? <Text mt="xs">{t('keys.unlocked', { count: unlocked })}</Text> : null}
    </section>
  );
}
