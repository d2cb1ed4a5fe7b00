/** Keys, messages and signatures as hexadecimal digits, and whether the pinned rule takes them: what decides alike must decide these. */
export interface Vector {
  readonly name: string;
  readonly key: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
}

/** The first three are from RFC 8032, section 7.1; the others were computed with the curve's own arithmetic, and most of them divide libraries. */
export const VECTORS: readonly Vector[] = [
  {
    name: 'RFC 8032, test 1',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    valid: true,
  },
  {
    name: 'RFC 8032, test 2',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    valid: true,
  },
  {
    name: 'RFC 8032, test 3',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    valid: true,
  },
  {
    name: 'another message',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c74',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
  {
    name: 'another key',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
  {
    name: 'a changed R',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b7ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
  {
    name: 'a changed S',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee0342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
  {
    name: 'S with the order added',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0dccbb55d5d06d9b76b7d121338be8abb4fd1f6d193baf9cec731697352a03c61f',
    valid: false,
  },
  {
    name: 'S with its top bits set',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c6ef',
    valid: false,
  },
  {
    name: 'a byte too few',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c6',
    valid: false,
  },
  {
    name: 'a byte too many',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f00',
    valid: false,
  },
  {
    name: 'nothing but zeros',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 0',
    key: '0100000000000000000000000000000000000000000000000000000000000000',
    message: '736d616c6c20302030',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 1',
    key: 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    message: '736d616c6c20312031',
    signature:
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 2',
    key: '0000000000000000000000000000000000000000000000000000000000000080',
    message: '736d616c6c20322036',
    signature:
      '00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 3',
    key: '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    message: '736d616c6c20332030',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 4',
    key: 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    message: '736d616c6c20342030',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 5',
    key: '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    message: '736d616c6c2035203134',
    signature:
      '00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 6',
    key: '0000000000000000000000000000000000000000000000000000000000000000',
    message: '736d616c6c20362030',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key of small order that fits every such equation, 7',
    key: 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    message: '736d616c6c20372030',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key: the identity not canonical',
    key: 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'an R: the identity not canonical',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key: the identity with the sign bit',
    key: '0100000000000000000000000000000000000000000000000000000000000080',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'an R: the identity with the sign bit',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key: zero not canonical',
    key: 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'an R: zero not canonical',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'a key: y = -1 with the sign bit',
    key: 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'an R: y = -1 with the sign bit',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000000000000000000000000000000000000000000000000000000000',
    valid: false,
  },
  {
    name: 'R the identity, and the equation holds',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '0100000000000000000000000000000000000000000000000000000000000000aa523736e73297d538f0c19fb2cd6cb08bb07c7c469f3a0f3d37e10dacf60b06',
    valid: false,
  },
  {
    name: 'R the identity, not canonical, and the equation holds',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fe3cb83201b3c62d54f67df3d31038feba93cfd5f80e494ead9c1c470b1757b09',
    valid: false,
  },
  {
    name: 'R of small order: holds only with the cofactor',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037af879ed307c801e91c0e51d04420835730c4d4bf67ab68fd95be7627d9a482007',
    valid: false,
  },
  {
    name: 'R of mixed order: holds only with the cofactor',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '5b61c2e3b93e6c06450f327ea72cdfeb8cde6aa020d2dd827ab3f86e708c8393ee453f7e5096ee5fc9e60530c5e3a14f9aa4cff240ec9aa3d564e1de3a86150e',
    valid: false,
  },
  {
    name: 'a key of mixed order: holds only with the cofactor',
    key: '0169d3c02f3edd121cafbe1dfd45c4cf4aac216a79e36e6326419f2a654d2d46',
    message: '6d697865642030',
    signature:
      '3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0af1c949adef215fff095c8f8d1cbf89afe3b489528e0f4b195c344f504d149407',
    valid: false,
  },
  {
    name: 'a key of mixed order: holds without the cofactor',
    key: '0169d3c02f3edd121cafbe1dfd45c4cf4aac216a79e36e6326419f2a654d2d46',
    message: '6d697865642032',
    signature:
      '3e54c441927f9f0ee5e13e34f0b0404c5043651a8f4b7ef087a1c42262a85d0af93f8b893cd3fe1f209f3ddd465a4f7cb93c57599d56c3757d57872749468a0c',
    valid: true,
  },
  {
    name: 'a key that is no point',
    key: '0200000000000000000000000000000000000000000000000000000000000000',
    message: '70656572686f6c64',
    signature:
      '35f149b6ac7312725b7ca4d370da0b3b07b8e480fc17ce043ab7fe4253cbbe0ddfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
  {
    name: 'an R that is no point',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '70656572686f6c64',
    signature:
      '0200000000000000000000000000000000000000000000000000000000000000dfe75f78b60a891ee1342a90aceecc9ffd1f6d193baf9cec731697352a03c60f',
    valid: false,
  },
];
