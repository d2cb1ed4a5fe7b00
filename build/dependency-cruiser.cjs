// The layers: which folder may import what. build/layers.mjs runs this and `npm test` runs that.
// A folder's name is the runtime that its code may assume.

/** Packages without DOM, Node or UI, so that shared/ stays free of a runtime. */
const SHARED_PACKAGES = '^node_modules/(cborg|@hpke/core|@noble/[^/]+|yjs|y-protocols|lib0|diff|fflate|htmlparser2)/';
const TEST_PACKAGES = '^node_modules/(vitest|fast-check|i18next)/';
// Suites that several implementations run (`x.conformance.ts`) are tests as well.
const TEST_FILE = '[.](test|conformance)[.]tsx?$';

/** A feature's own file, caught so that a rule can tell it from the other features'. */
const FEATURE = '^renderer/features/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-shared',
      severity: 'error',
      from: { path: '^shared/', pathNot: TEST_FILE },
      to: { pathNot: ['^shared/', SHARED_PACKAGES] },
    },
    {
      name: 'shared-tests-import-shared',
      severity: 'error',
      from: { path: `^shared/.*${TEST_FILE}` },
      to: { pathNot: ['^shared/', '^test/', SHARED_PACKAGES, TEST_PACKAGES], dependencyTypesNot: ['core'] },
    },
    {
      name: 'network-knows-no-sync',
      severity: 'error',
      from: { path: '^shared/network/', pathNot: TEST_FILE },
      to: { path: '^shared/(sync|commons|invite|ipc)/' },
    },
    {
      name: 'sync-knows-no-rules',
      severity: 'error',
      from: { path: '^shared/sync/', pathNot: TEST_FILE },
      to: { path: '^shared/(network|seal)/' },
    },
    {
      name: 'renderer-imports-shared',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST_FILE },
      to: { path: '^(node|electron|build|test)/' },
    },
    {
      name: 'renderer-uses-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST_FILE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-meet-through-their-index',
      severity: 'error',
      from: { path: FEATURE },
      to: { path: FEATURE, pathNot: ['^renderer/features/$1/', '^renderer/features/[^/]+/index[.]tsx?$'] },
    },
    {
      name: 'others-use-features-through-their-index',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/features/' },
      to: { path: FEATURE, pathNot: '^renderer/features/[^/]+/index[.]tsx?$' },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^renderer/(ui|editor|engine|sync|platform|i18n)/' },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'node-imports-shared',
      severity: 'error',
      from: { path: '^node/', pathNot: TEST_FILE },
      to: { path: '^(renderer|electron|build|test)/' },
    },
    {
      name: 'electron-imports-node-and-shared',
      severity: 'error',
      from: { path: '^electron/', pathNot: TEST_FILE },
      to: { path: '^(renderer|build|test)/' },
    },
    {
      name: 'only-electron-imports-electron',
      severity: 'error',
      from: { pathNot: '^(electron|test/electron)/' },
      to: { path: '^node_modules/electron/|^electron$' },
    },
    {
      name: 'preload-imports-no-main',
      severity: 'error',
      from: { path: '^electron/preload/' },
      to: { path: '^(electron/main|node)/' },
    },
    {
      name: 'production-imports-no-test',
      severity: 'error',
      // The icons are drawn by the browser that the tests use.
      from: { path: '^(shared|renderer|node|electron|build)/', pathNot: [TEST_FILE, '^build/package/icons[.]mjs$'] },
      to: { path: ['^test/', TEST_FILE, '^node_modules/(vitest|fast-check|playwright-core|axe-core)/'] },
    },
    {
      name: 'production-uses-dependencies-only',
      severity: 'error',
      from: { path: '^(shared|renderer|node|electron)/', pathNot: TEST_FILE },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/electron/' },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API: without this parser no TypeScript is read and every rule holds.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules/' },
    // The rivals of the benchmark are a package of their own, whose dependencies are not installed here.
    exclude: { path: '^(out|test/layers/fixture|test/performance/rivals)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
