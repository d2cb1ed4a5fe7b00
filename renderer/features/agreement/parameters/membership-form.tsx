import { ActionIcon, Button, Checkbox, SimpleGrid, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Parameters } from '../../../../shared/network/agreement/model';
import { slugFrom } from '../../../../shared/network/agreement/problems';
import { RIGHTS, type Right } from '../../../../shared/network/membership/model';
import type { FormProps } from './form-props';

const MAX_TYPES = 20;
const MAX_LABEL = 60;

/** Kinds of members as a table: one row a kind, one column a right. */
export function MembershipForm({ params, onChange }: FormProps<'membership'>) {
  const { t } = useTranslation('templates');
  const types = params.types;
  type Type = Parameters<'membership'>['types'][number];
  const replace = (id: string, next: Partial<Type>) =>
    onChange({ types: types.map((type) => (type.id === id ? { ...type, ...next } : type)) });
  const toggle = (type: Type, right: Right) =>
    replace(type.id, {
      rights: RIGHTS.filter((one) => (one === right ? !type.rights.includes(one) : type.rights.includes(one))),
    });
  const add = () =>
    onChange({
      types: [
        ...types,
        {
          id: slugFrom(
            '',
            types.map((type) => type.id),
            'kind',
          ),
          label: t('parameters.membership.fallback'),
          rights: ['vote', 'propose'],
        },
      ],
    });

  return (
    <Stack gap="sm">
      <Table.ScrollContainer minWidth={720} type="native">
        <Table verticalSpacing="xs" horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" w={200}>
                {t('parameters.membership.type.label')}
              </Table.Th>
              {RIGHTS.map((right) => (
                <Table.Th key={right} scope="col" ta="center">
                  <Tooltip label={t(`rights.${right}.meaning`)} multiline w={220}>
                    <span>{t(`rights.${right}.label`)}</span>
                  </Tooltip>
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {types.map((type) => (
              <Table.Tr key={type.id}>
                <Table.Td>
                  <TextInput
                    aria-label={t('parameters.membership.type.label')}
                    value={type.label}
                    maxLength={MAX_LABEL}
                    error={type.label.trim() === ''}
                    onChange={(event) => replace(type.id, { label: event.currentTarget.value })}
                  />
                </Table.Td>
                {RIGHTS.map((right) => (
                  <Table.Td key={right}>
                    <Checkbox
                      aria-label={`${type.label}: ${t(`rights.${right}.label`)}`}
                      checked={type.rights.includes(right)}
                      onChange={() => toggle(type, right)}
                      styles={{ body: { justifyContent: 'center' } }}
                    />
                  </Table.Td>
                ))}
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('parameters.membership.remove', { label: type.label })}
                    disabled={types.length === 1}
                    onClick={() => onChange({ types: types.filter((one) => one.id !== type.id) })}
                  >
                    <IconTrash size={18} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={add}
          disabled={types.length >= MAX_TYPES}
        >
          {t('parameters.membership.add')}
        </Button>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" verticalSpacing="xs" component="dl" m={0} mt="sm">
        {RIGHTS.map((right) => (
          <div key={right}>
            <Text component="dt" fw={600} size="sm">
              {t(`rights.${right}.label`)}
            </Text>
            <Text component="dd" m={0} size="sm" c="dimmed">
              {t(`rights.${right}.meaning`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
