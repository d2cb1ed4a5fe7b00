import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckNumber } from '../../ui';
import classes from './join.module.css';

interface Props {
  readonly network: string;
  readonly name: string;
  /** What the others compare. */
  readonly code: string;
  readonly onAgain: () => void;
  readonly problem: ReactNode;
}

/** While the members decide whether this is the device of one of them who lost all others: what to read out, and what to do then. */
export function Restoring({ network, name, code, onAgain, problem }: Props) {
  const { t } = useTranslation('join');
  return (
    <Alert
      color="teal"
      icon={<IconHourglass size={18} />}
      role="status"
      title={t('restoring.title', { network, name })}
    >
      <Stack align="flex-start" gap="sm">
        <Text className={classes['measure']}>{t('restoring.read')}</Text>
        <CheckNumber label={t('restoring.number')} value={code} focus />
        <List type="ordered" className={classes['measure']}>
          <List.Item>{t('restoring.propose')}</List.Item>
          <List.Item>{t('restoring.compare')}</List.Item>
          <List.Item>{t('restoring.seal')}</List.Item>
        </List>
        {problem}
        <Button variant="default" size="sm" onClick={onAgain}>
          {t('restoring.again')}
        </Button>
      </Stack>
    </Alert>
  );
}
