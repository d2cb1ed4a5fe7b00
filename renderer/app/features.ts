import { lazy } from 'react';

/** The screens, each in a file of its own that is loaded when it is first shown. */
export const Start = lazy(async () => ({ default: (await import('../features/start')).StartPage }));
export const Join = lazy(async () => ({ default: (await import('../features/join')).JoinRoute }));
export const Home = lazy(async () => ({ default: (await import('../features/home')).HomePage }));
export const Members = lazy(async () => ({ default: (await import('../features/members')).MembersRoutes }));
export const Record = lazy(async () => ({ default: (await import('../features/record')).RecordRoutes }));
export const Settings = lazy(async () => ({ default: (await import('../features/settings')).SettingsPage }));
export const NetworkSettings = lazy(async () => ({
  default: (await import('../features/settings')).NetworkSettingsPage,
}));
export const Seals = lazy(async () => ({ default: (await import('../features/seals')).SealsPage }));
export const Bundles = lazy(async () => ({ default: (await import('../features/bundles')).BundlesPage }));
export const Backup = lazy(async () => ({ default: (await import('../features/bundles')).BackupPage }));
export const Restore = lazy(async () => ({ default: (await import('../features/bundles')).RestorePage }));
export const Ledger = lazy(async () => ({ default: (await import('../features/ledger')).LedgerRoutes }));
export const Founding = lazy(async () => ({ default: (await import('../features/founding')).Founding }));
export const Decisions = lazy(async () => ({ default: (await import('../features/decisions')).DecisionsRoutes }));
export const Resources = lazy(async () => ({ default: (await import('../features/resources')).ResourcesRoutes }));
export const Agreement = lazy(async () => ({ default: (await import('../features/agreement')).AgreementRoutes }));
export const SearchDialog = lazy(async () => ({ default: (await import('../features/search')).SearchDialog }));
export const Search = lazy(async () => ({ default: (await import('../features/search')).SearchPage }));
export const Commons = lazy(async () => ({ default: (await import('../features/commons')).CommonsRoutes }));
