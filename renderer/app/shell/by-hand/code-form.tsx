import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormError, ScanCode } from '../../../ui';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly action: string;
  /** Rejects with what is wrong with the code. */
  readonly take: (code: string) => Promise<void>;
}

/** A code that was carried here, to be pasted or scanned. */
export function CodeForm({ label, description, action, take }: Props) {
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        take(code).catch(setError);
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={label}
          description={description}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          rows={3}
          spellCheck={false}
          autoComplete="off"
        />
        <ScanCode onCode={setCode} />
        <FormError error={error} />
        <Group justify="flex-end">
          <Button type="submit" variant="light" disabled={code.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
