/** A file of a data set at its official address. */
export interface DownloadFile {
  /** As it is kept. */
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const CIFAR = 'https://www.cs.toronto.edu/~kriz';
const SVHN = 'http://ufldl.stanford.edu/housenumbers';

/**
 * Where the known data sets are given away, by their names. Checked by SHA-256, since one address has no encryption. The
 * bundled set is not among them.
 *
 * Source: the pages that the registry names; sizes and checksums agree in TensorFlow Datasets, torchvision and others.
 */
export const datasetDownloads: Readonly<Record<string, readonly DownloadFile[]>> = {
  cifar10: [
    {
      name: 'cifar-10-binary.tar.gz',
      url: `${CIFAR}/cifar-10-binary.tar.gz`,
      bytes: 170_052_171,
      sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    },
  ],
  cifar100: [
    {
      name: 'cifar-100-binary.tar.gz',
      url: `${CIFAR}/cifar-100-binary.tar.gz`,
      bytes: 168_513_733,
      sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    },
  ],
  svhn: [
    {
      name: 'train_32x32.mat',
      url: `${SVHN}/train_32x32.mat`,
      bytes: 182_040_794,
      sha256: '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8',
    },
    {
      name: 'test_32x32.mat',
      url: `${SVHN}/test_32x32.mat`,
      bytes: 64_275_384,
      sha256: 'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b',
    },
  ],
};
