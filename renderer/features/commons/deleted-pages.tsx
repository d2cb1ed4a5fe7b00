import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { restorePage } from '../../../shared/commons/pages';
import { useMe } from '../../app/network';
import { useCommons } from './commons-context';

/** The pages that were deleted, each with the way back. Nothing where there are none. */
export function DeletedPages() {
  const { t } = useTranslation('commons');
  const { index, all } = useCommons();
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const deleted = [...all.values()].filter((page) => page.deleted).sort((a, b) => b.time - a.time);
  if (deleted.length === 0 && !opened) return null;
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setOpened(true)}>
        {t('deleted.open', { count: deleted.length })}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('deleted.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Stack gap="sm">
          {deleted.length === 0 && <Text c="dimmed">{t('deleted.none')}</Text>}
          {deleted.slice(0, 200).map(({ id, title }) => (
            <Group key={id} justify="space-between" wrap="nowrap">
              <Text truncate dir="auto">
                {title === '' ? t('untitled') : title}
              </Text>
              {me !== null && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => restorePage(index, id)}
                  aria-label={t('deleted.restorePage', { page: title })}
                >
                  {t('deleted.restore')}
                </Button>
              )}
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}
