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
const FASHION = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com';
const KMNIST = 'http://codh.rois.ac.jp/kmnist/dataset/kmnist';
const SVHN = 'http://ufldl.stanford.edu/housenumbers';

/** A file by its name below an address. */
function file(folder: string, name: string, bytes: number, sha256: string): DownloadFile {
  return { name, url: `${folder}/${name}`, bytes, sha256 };
}

/**
 * Where the known data sets are given away, by their names. Checked by SHA-256, since not every address has
 * encryption. The bundled set is not among them, nor is EMNIST, whose splits come in one archive of another kind.
 *
 * Source: the pages that the registry names; sizes and checksums agree in TensorFlow Datasets, torchvision and others.
 */
export const datasetDownloads: Readonly<Record<string, readonly DownloadFile[]>> = {
  'fashion-mnist': [
    file(
      FASHION,
      'train-images-idx3-ubyte.gz',
      26_421_880,
      '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    ),
    file(
      FASHION,
      'train-labels-idx1-ubyte.gz',
      29_515,
      'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    ),
    file(
      FASHION,
      't10k-images-idx3-ubyte.gz',
      4_422_102,
      '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    ),
    file(
      FASHION,
      't10k-labels-idx1-ubyte.gz',
      5_148,
      '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    ),
  ],
  kmnist: [
    file(
      KMNIST,
      'train-images-idx3-ubyte.gz',
      18_165_135,
      '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
    ),
    file(
      KMNIST,
      'train-labels-idx1-ubyte.gz',
      29_497,
      'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
    ),
    file(
      KMNIST,
      't10k-images-idx3-ubyte.gz',
      3_041_136,
      'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
    ),
    file(
      KMNIST,
      't10k-labels-idx1-ubyte.gz',
      5_120,
      '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
    ),
  ],
  cifar10: [
    file(
      CIFAR,
      'cifar-10-binary.tar.gz',
      170_052_171,
      'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    ),
  ],
  cifar100: [
    file(
      CIFAR,
      'cifar-100-binary.tar.gz',
      168_513_733,
      '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    ),
  ],
  svhn: [
    file(
      SVHN,
      'train_32x32.mat',
      182_040_794,
      '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8',
    ),
    file(
      SVHN,
      'test_32x32.mat',
      64_275_384,
      'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b',
    ),
  ],
};
