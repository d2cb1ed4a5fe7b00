import { Accordion, List, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellInfo } from '../../../shared/ipc/contract';
import { getPlatform } from '../../platform';
import { PARTS } from './parts';

/** What the app is, its version and its licences. */
export function About() {
  const { t } = useTranslation('settings');
  const [info, setInfo] = useState<ShellInfo>();
  useEffect(() => {
    // The page is of use without its version, and the section above says when the shell does not answer.
    getPlatform()
      .info()
      .then(setInfo, () => undefined);
  }, []);
  return (
    <section aria-labelledby="about">
      <Title order={2} id="about" mb={4}>
        {t('about.title')}
      </Title>
      <Text maw="var(--peerhold-measure)">{t('about.text')}</Text>
      {info !== undefined && (
        <Text c="dimmed" mt="xs">
          {t('about.version', { version: info.version })} · {t(`about.${info.shell}`)} ·{' '}
          {t('about.profile', { profile: info.profile })}
        </Text>
      )}
      <Accordion mt="sm" order={3}>
        <Accordion.Item value="licences">
          <Accordion.Control>{t('about.licences')}</Accordion.Control>
          <Accordion.Panel>
            <Text mb="xs">{t('about.own')}</Text>
            <List size="sm">
              {PARTS.map(({ name, licence }) => (
                <List.Item key={name}>
                  {name} <Text span c="dimmed" inherit>{`(${licence})`}</Text>
                </List.Item>
              ))}
            </List>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </section>
  );
}
