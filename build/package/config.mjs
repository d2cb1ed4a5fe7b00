// How the desktop app is packaged, for electron-builder. docs/decisions/0034-packaging.md says why each line is as it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { ICONS, LICENCES, PACKAGES, RESOURCES, STAGED } from './places.mjs';

/** @typedef {import('electron-builder').Configuration} Configuration */

/**
 * What a release knows and the sources do not.
 * @typedef {object} Release
 * @property {string} maintainer `Name <address>`, as Debian's packages name who answers for them
 * @property {boolean} signed whether a package without a signature is a failure, where the system knows signatures
 */

/** The one version of Electron that the sources were checked against. */
const electronVersion = /** @type {{ version: string }} */ (
  JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8'))
).version;

/** Everything that is not needed is switched off in the binary itself, before it is signed. */
export const FUSES = /** @type {const} */ ({
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
});

/**
 * @param {Release} release
 * @returns {Configuration}
 */
export function packageConfig({ maintainer, signed }) {
  return {
    appId: 'org.peerhold.Peerhold',
    productName: 'Peerhold',
    copyright: 'Copyright © The Peerhold authors',
    electronVersion,
    directories: { app: STAGED, output: PACKAGES, buildResources: RESOURCES },
    // What is staged is what is packed: no list of what to leave out can be forgotten there.
    files: ['**/*'],
    asar: true,
    // No node_modules: build/vite.node.mjs has bundled what main needs. It is only asked where something might be rebuilt.
    npmRebuild: true,
    beforeBuild: async () => false,
    extraResources: [{ from: LICENCES, to: 'LICENCES.txt' }],
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    protocols: [{ name: 'Peerhold link', schemes: ['peerhold'], role: 'Viewer' }],
    electronFuses: FUSES,
    forceCodeSigning: signed,
    electronLanguages: ['en-US'],
    // The app looks for new versions itself: docs/decisions/0036-new-versions.md.
    publish: null,
    // The older ones start an AppImage without Chromium's sandbox.
    toolsets: { appimage: '1.0.3' },
    mac: {
      target: [
        { target: 'dmg', arch: ['x64', 'arm64'] },
        { target: 'zip', arch: ['x64', 'arm64'] },
      ],
      category: 'public.app-category.productivity',
      icon: join(ICONS, 'icon.icns'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(RESOURCES, 'entitlements.plist'),
      entitlementsInherit: join(RESOURCES, 'entitlements.plist'),
      extendInfo: {
        NSLocalNetworkUsageDescription:
          'Peerhold finds and reaches the other members of your networks on this local network, if you turn that on.',
        NSBonjourServices: ['_peerhold._tcp'],
        NSCameraUsageDescription:
          'Peerhold reads codes from the screens of your other devices and members, when you ask it to.',
      },
    },
    win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: join(ICONS, 'icon.ico') },
    nsis: {
      oneClick: false,
      perMachine: false,
      packElevateHelper: false,
      allowToChangeInstallationDirectory: true,
      // The only copy of a key may lie there.
      deleteAppDataOnUninstall: false,
      include: join(RESOURCES, 'installer.nsh'),
      differentialPackage: false,
    },
    linux: {
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
      ],
      executableName: 'peerhold',
      syncDesktopName: true,
      category: 'Office',
      icon: join(ICONS, 'png'),
      maintainer,
      synopsis: 'Hold property together, without a server',
    },
  };
}
