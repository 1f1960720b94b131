# The addon of native CPU kernels. Each instruction set is a library of its own: the same sources, compiled with its flags.
{
  'variables': {
    # 1: with AddressSanitizer and UBSan (GCC and Clang).
    'sanitize%': 0,
    # 1: also the program that checks every kernel against its formula.
    'checks%': 0,
  },
  'target_defaults': {
    'defines': ['NAPI_VERSION=8'],
    'cflags': ['-pthread'],
    # GCC 12 takes the undefined halves of its own AVX-512 intrinsics for mistakes of ours.
    'cflags_cc': [
      '-std=c++17', '-O3', '-fno-exceptions', '-fvisibility=hidden', '-ffp-contract=fast',
      '-Wall', '-Wno-uninitialized', '-Wno-maybe-uninitialized', '-Wno-unused-function',
    ],
    'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
    'ldflags': ['-pthread'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++17',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'NO',
      'GCC_OPTIMIZATION_LEVEL': '3',
      'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
      'MACOSX_DEPLOYMENT_TARGET': '11.0',
      'OTHER_CPLUSPLUSFLAGS': ['-ffp-contract=fast'],
    },
    'msvs_settings': {
      'VCCLCompilerTool': {
        'Optimization': 2,
        'ExceptionHandling': 0,
        'AdditionalOptions': ['/std:c++17', '/fp:contract'],
      },
    },
    'conditions': [
      ['sanitize==1', {
        'cflags_cc': ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
        'ldflags': ['-fsanitize=address,undefined'],
        'xcode_settings': {
          'OTHER_CPLUSPLUSFLAGS': ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
          'OTHER_LDFLAGS': ['-fsanitize=address,undefined'],
        },
      }],
    ],
  },
  'targets': [
    {
      'target_name': 'mcn_portable',
      'type': 'static_library',
      'sources': ['native/isa/kernels_portable.cc'],
    },
    {
      'target_name': 'mcn_kernels',
      'sources': ['native/addon.cc', 'native/cpu.cc', 'native/thread_pool.cc'],
      # The portable library first: of inline functions that several libraries carry, the linker keeps the first one that it meets, and
      # that one must run on every processor.
      'dependencies': ['mcn_portable'],
      'conditions': [
        ['target_arch=="x64"', {'dependencies': ['mcn_avx2', 'mcn_avx512']}],
        ['target_arch=="arm64"', {'dependencies': ['mcn_neon']}],
      ],
    },
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'mcn_avx2',
          'type': 'static_library',
          'sources': ['native/isa/kernels_avx2.cc'],
          'cflags_cc': ['-mavx2', '-mfma'],
          'xcode_settings': {'OTHER_CPLUSPLUSFLAGS': ['-mavx2', '-mfma']},
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/arch:AVX2']}},
        },
        {
          'target_name': 'mcn_avx512',
          'type': 'static_library',
          'sources': ['native/isa/kernels_avx512.cc'],
          'cflags_cc': ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma'],
          'xcode_settings': {
            'OTHER_CPLUSPLUSFLAGS': ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma'],
          },
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/arch:AVX512']}},
        },
      ],
    }],
    ['target_arch=="arm64"', {
      'targets': [
        {
          'target_name': 'mcn_neon',
          'type': 'static_library',
          'sources': ['native/isa/kernels_neon.cc'],
        },
      ],
    }],
    ['checks==1', {
      'targets': [
        {
          'target_name': 'kernel_check',
          'type': 'executable',
          'include_dirs': ['native'],
          'sources': ['../../../tests/native/kernel_check.cc', 'native/cpu.cc', 'native/thread_pool.cc'],
          'dependencies': ['mcn_portable'],
          'conditions': [
            ['target_arch=="x64"', {'dependencies': ['mcn_avx2', 'mcn_avx512']}],
            ['target_arch=="arm64"', {'dependencies': ['mcn_neon']}],
          ],
        },
      ],
    }],
  ],
}
