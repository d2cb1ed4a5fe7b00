import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { focused } from './focused';

interface Props {
  readonly label: string;
  readonly value: string;
  /** It is what the person asked for: copying it is at hand when it comes. */
  readonly isAnswer?: boolean;
}

/** A value to take along, such as an invite link. */
export function CopyField({ label, value, isAnswer = false }: Props) {
  const { t } = useTranslation('ui');
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label={label}
        value={value}
        readOnly
        style={{ flex: 1 }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value} timeout={2000}>
        {({ copied, copy }) => (
          <Button
            ref={isAnswer ? focused : null}
            data-autofocus={isAnswer || undefined}
            variant="light"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            style={{ flexShrink: 0 }}
          >
            <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
