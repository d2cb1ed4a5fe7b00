import { Accordion, Button, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CLASSED_KINDS, type DecisionClass } from '../../../../shared/network/agreement/model';
import { slugFrom } from '../../../../shared/network/agreement/problems';
import { defaultParameters } from '../../../../shared/network/agreement/templates';
import { ruleSentence } from '../sentences';
import { useWords } from '../use-words';
import { ChoiceField, IntegerField } from './fields';
import type { FormProps } from './form-props';
import { ProtectsFields } from './protects-fields';

const MAX_CLASSES = 20;
const MAX_LABEL = 60;
const MAX_DAYS = 365;
const MAX_GRACE = 60;

export function DecisionsForm(props: FormProps<'decisions'>) {
  const { params, onChange, names } = props;
  const { t } = useTranslation('templates');
  const words = useWords(names);
  const { classes, uses } = params;
  const usesId = useId();
  const replace = (id: string, next: DecisionClass) =>
    onChange({ ...params, classes: classes.map((one) => (one.id === id ? next : one)) });
  const used = new Set([...Object.values(uses), ...(params.protects ?? []).map((one) => one.class)]);
  const add = () => {
    const id = slugFrom(
      '',
      classes.map((one) => one.id),
      'class',
    );
    const pattern = defaultParameters('decisions').classes[0]!;
    onChange({ ...params, classes: [...classes, { ...pattern, id, label: t('parameters.decisions.fallback') }] });
  };

  return (
    <Stack gap="md">
      <div>
        <Text fw={600} size="sm">
          {t('parameters.decisions.classes.label')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('parameters.decisions.classes.meaning')}
        </Text>
      </div>
      <Accordion variant="contained" order={3}>
        {classes.map((one) => (
          <Accordion.Item key={one.id} value={one.id}>
            <Accordion.Control>
              <Text fw={600} size="sm">
                {one.label}
              </Text>
              <Text size="sm" c="dimmed">
                {ruleSentence(one, words)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <ClassFields rule={one} types={names.types} onChange={(next) => replace(one.id, next)} />
              {!used.has(one.id) && classes.length > 1 && (
                <Button
                  mt="md"
                  variant="subtle"
                  color="red"
                  leftSection={<IconTrash size={16} aria-hidden />}
                  onClick={() => onChange({ ...params, classes: classes.filter((other) => other.id !== one.id) })}
                >
                  {t('parameters.decisions.remove', { label: one.label })}
                </Button>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={classes.length >= MAX_CLASSES}
          onClick={add}
        >
          {t('parameters.decisions.add')}
        </Button>
      </Group>
      <div role="group" aria-labelledby={usesId}>
        <Text fw={600} size="sm" id={usesId}>
          {t('parameters.decisions.uses.label')}
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          {t('parameters.decisions.uses.meaning')}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {CLASSED_KINDS.map((kind) => (
            <ChoiceField
              key={kind}
              label={t(kind === 'remove' ? 'classed.remove' : `matters.${kind}`)}
              value={uses[kind]}
              choices={classes.map((one) => one.id)}
              words={(id) => classes.find((one) => one.id === id)?.label ?? id}
              onChange={(id) => onChange({ ...params, uses: { ...uses, [kind]: id } })}
            />
          ))}
        </SimpleGrid>
      </div>
      <ProtectsFields {...props} />
    </Stack>
  );
}

function ClassFields(props: {
  rule: DecisionClass;
  types: FormProps<'decisions'>['names']['types'];
  onChange: (rule: DecisionClass) => void;
}) {
  const { t } = useTranslation('templates');
  const { rule } = props;
  const set = (next: Partial<DecisionClass>) => props.onChange({ ...rule, ...next });
  const words = (name: string) => ({
    label: t(`parameters.decisions.${name}.label`),
    description: t(`parameters.decisions.${name}.meaning`),
  });
  return (
    <Stack gap="md">
      <TextInput
        label={t('parameters.decisions.label.label')}
        description={t('parameters.decisions.label.meaning')}
        value={rule.label}
        maxLength={MAX_LABEL}
        error={rule.label.trim() === ''}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <ChoiceField
        {...words('method')}
        value={rule.method}
        choices={['assent', 'vote'] as const}
        words={(method) => t(`parameters.decisions.method.${method}`)}
        onChange={(method) =>
          set(method === 'assent' ? { method, quorum: 0, block: 'nobody', override: 0 } : { method })
        }
      />
      <Checkbox.Group
        {...words('electorate')}
        value={[...rule.electorate]}
        onChange={(electorate) => set({ electorate })}
      >
        <Group mt="xs">
          {props.types.map((type) => (
            <Checkbox key={type.id} value={type.id} label={type.label} />
          ))}
        </Group>
      </Checkbox.Group>
      <IntegerField
        label={t('parameters.decisions.threshold.label')}
        description={t(`parameters.decisions.threshold.${rule.method}`)}
        value={rule.threshold}
        min={1}
        max={100}
        suffix=" %"
        onChange={(threshold) => set({ threshold })}
      />
      {rule.method === 'vote' && (
        <IntegerField
          {...words('quorum')}
          value={rule.quorum}
          min={0}
          max={100}
          suffix=" %"
          onChange={(quorum) => set({ quorum })}
        />
      )}
      <ChoiceField
        label={t('parameters.decisions.block.label')}
        description={t(`parameters.decisions.block.${rule.method === 'assent' ? 'assent' : 'meaning'}`)}
        value={rule.block}
        // A draft may have it still.
        choices={rule.method === 'assent' && rule.block === 'nobody' ? ['nobody'] : ['nobody', 'entitled']}
        words={(block) => t(`parameters.decisions.block.${block}`)}
        onChange={(block) => set(block === 'nobody' ? { block, override: 0 } : { block })}
      />
      {rule.block === 'entitled' && (
        <IntegerField
          {...words('override')}
          value={rule.override}
          min={0}
          max={100}
          suffix=" %"
          onChange={(override) => set({ override })}
        />
      )}
      <IntegerField {...words('days')} value={rule.days} min={0} max={MAX_DAYS} onChange={(days) => set({ days })} />
      <IntegerField
        {...words('grace')}
        value={rule.grace}
        min={0}
        max={MAX_GRACE}
        onChange={(grace) => set({ grace })}
      />
    </Stack>
  );
}
