import { Anchor, Tabs } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { sealedOf, versionInForce } from '../../../shared/network/agreement/queries';
import { useNetwork } from '../../app/network';
import { Finality, Loading, Moment, PageHeader, WhyButton } from '../../ui';
import { VersionView } from './version-view';
import { VersionsTab } from './versions/versions-tab';

/** With the editor, which only writers need. */
const DraftTab = lazy(() => import('./draft/draft-tab'));
const CertaintyTab = lazy(() => import('./certainty/certainty-tab'));

const VIEWS = ['force', 'versions', 'draft', 'certainty'] as const;
type View = (typeof VIEWS)[number];

/** Everything under `/agreement`; `?view=versions` and the like are its other tabs. */
export function AgreementRoutes() {
  const { t } = useTranslation('agreement');
  const { state } = useNetwork();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('view');
  const view: View = VIEWS.find((each) => each === asked) ?? 'force';
  const version = versionInForce(state);
  if (version === undefined) return <Loading wholeScreen />;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          <>
            {t('version', { number: version.number })} · {t('inForceSince')} <Moment time={version.time} exact /> ·{' '}
            {version.base === null ? (
              t('adoptedFounding')
            ) : (
              <Anchor component={Link} href={`/decisions/${version.id}`} inherit underline="always">
                {t('itsDecision')}
              </Anchor>
            )}{' '}
            <Finality why={version.why} sealed={sealedOf(state, version)} />{' '}
            <WhyButton why={version.why} label={t('title')} sealed={sealedOf(state, version)} />
          </>
        }
      />
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(next) => navigate(next === 'force' ? '/agreement' : `/agreement?view=${next ?? 'force'}`)}
      >
        <Tabs.List mb="xl">
          {VIEWS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`views.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="force">
          <VersionView version={version} current />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsTab inForce={version} />
        </Tabs.Panel>
        <Tabs.Panel value="draft">
          <Suspense fallback={<Loading />}>
            <DraftTab inForce={version} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="certainty">
          <Suspense fallback={<Loading />}>
            <CertaintyTab />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
