import { Accordion, Anchor, Badge, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconProgress } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Attribute, type AttributeId, type StageReport, stageOf } from '../../../shared/network/stage/stage';
import { useNetwork } from '../../app/network';
import { useNetworkNow } from '../../app/network-now';
import { WhyButton } from '../../ui';
import classes from './home.module.css';
import { usePageCount } from './use-page-count';

/** Where each attribute is worked on. */
const PLACES: Readonly<Record<AttributeId, string>> = {
  'several-members': '/members',
  'purpose-written': '/agreement',
  'interests-told': '/members',
  'pages-written': '/commons',
  'protocols-collected': '/agreement',
  'agreement-adopted': '/agreement',
  'agreement-assented': '/agreement',
  'decides-regularly': '/decisions/rhythm',
  'many-take-part': '/decisions/rhythm',
  'many-propose': '/decisions',
  'books-kept': '/ledger',
  'resource-held': '/resources',
};

/** The model's check list, computed: each stage, each attribute with its evidence, and the next step. */
export function Stages() {
  const { t } = useTranslation('home');
  const report = useStages();
  const { me } = useNetwork().status;
  const open = report.stages.find(({ met }) => !met) ?? report.stages.at(-1);
  return (
    <section aria-labelledby="stages">
      <Title order={2} id="stages" mb={4}>
        {t('stages.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        {report.next === undefined ? (
          t('stages.complete')
        ) : (
          <Anchor component={Link} href={placeOf(report.next.id, me?.member)} inherit>
            {t(`attribute.${report.next.id}.next`)}
          </Anchor>
        )}
      </Text>
      <Accordion defaultValue={open?.stage ?? null} order={3} chevronPosition="right" key={open?.stage}>
        {report.stages.map(({ stage, met, attributes }) => (
          <Accordion.Item key={stage} value={stage}>
            <Accordion.Control icon={<StageIcon met={met} begun={attributes.some((each) => each.met)} />}>
              <Group gap="xs">
                {t(`stage.${stage}`)}
                <VisuallyHidden> · {t(met ? 'stages.met' : 'stages.notYet')}</VisuallyHidden>
                {stage === report.stage && <Badge>{t('stages.here')}</Badge>}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              {attributes.map((attribute) => (
                <AttributeRow
                  key={attribute.id}
                  attribute={attribute}
                  href={placeOf(attribute.id, me?.member)}
                  isNext={attribute.id === report.next?.id}
                />
              ))}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}

function useStages(): StageReport {
  const { state } = useNetwork();
  const now = useNetworkNow();
  const pages = usePageCount();
  return useMemo(() => stageOf(state, { now, pages }), [state, now, pages]);
}

/** What a member tells of themselves is written on their own page. */
const placeOf = (id: AttributeId, me: string | undefined): string =>
  id === 'interests-told' && me !== undefined ? `/members/${me}` : PLACES[id];

interface AttributeProps {
  readonly attribute: Attribute;
  readonly href: string;
  /** What is to be done next stands above the list already. */
  readonly isNext: boolean;
}

function AttributeRow({ attribute, href, isNext }: AttributeProps) {
  const { t } = useTranslation('home');
  const { id, met, have, needed, why } = attribute;
  const title = t(`attribute.${id}.title`);
  return (
    <div className={classes['attribute']}>
      {met ? (
        <IconCircleCheckFilled size={18} className={classes['met']} aria-label={t('stages.met')} />
      ) : (
        <IconCircle size={18} className={classes['open']} aria-label={t('stages.notYet')} />
      )}
      <div style={{ flex: 1 }}>
        <Anchor component={Link} href={href} c="inherit">
          {title}
        </Anchor>
        <Text size="sm" c="dimmed">
          {t(`attribute.${id}.have`, { count: have, have, needed })}
        </Text>
        {!met && !isNext && <Text size="sm">{t(`attribute.${id}.next`)}</Text>}
      </div>
      {why.events.length > 0 && <WhyButton why={why} label={title} />}
    </div>
  );
}

function StageIcon({ met, begun }: { readonly met: boolean; readonly begun: boolean }) {
  if (met) return <IconCircleCheckFilled size={20} className={classes['met']} aria-hidden />;
  if (begun) return <IconProgress size={20} className={classes['open']} aria-hidden />;
  return <IconCircle size={20} className={classes['open']} aria-hidden />;
}
