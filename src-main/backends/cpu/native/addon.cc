#include "call_arguments.h"
#include "cpu.h"
#include "kernels.h"
#include "thread_pool.h"

namespace {

const Kernels* const active = bestKernels();

void modulatedConv(Call& call) {
  const ConvDims d(call, 10);
  if (call.failed()) return;
  ModulatedConvArguments a;
  a.window = d.window;
  a.maps = d.outputs;
  a.planes = d.planes;
  call.require(d.window.channels % d.planes == 0 && d.outputs > 0, "channels are not maps of so many planes");
  a.x = call.floats("x", d.inputs());
  a.norm = normalization(call, d.window.channels, d.relu);
  a.chat = call.floats("chat", d.taps() * d.window.channels * d.outputs);
  a.m = call.floats("m", d.taps() * d.planes);
  a.y = call.floats("y", d.outs(int64_t{1} * d.outputs * d.planes));
  a.statistics = statistics(call, d.outputs * d.planes);
  a.pooling = pooling(call, d, d.outputs * d.planes, a.y);
  if (!call.failed()) active->modulatedConv(a);
}

void modulatedConvGrad(Call& call) {
  const ConvDims d(call, 10);
  if (call.failed()) return;
  ModulatedConvGradArguments a;
  a.window = d.window;
  a.maps = d.outputs;
  a.planes = d.planes;
  call.require(d.window.channels % d.planes == 0 && d.outputs > 0, "channels are not maps of so many planes");
  const int64_t filters = d.taps() * d.window.channels * d.outputs;
  a.x = call.floats("x", d.inputs());
  a.norm = normalization(call, d.window.channels, d.relu);
  a.chat = call.floats("chat", filters);
  a.m = call.floats("m", d.taps() * d.planes);
  a.gradient = gradientOf(call, d, d.outputs * d.planes);
  a.dChat = call.floats("dChat", filters);
  a.dM = call.floats("dM", d.taps() * d.planes);
  a.dx = call.optionalFloats("dx", d.inputs());
  a.reduction = reduction(call, d.window.channels, a.norm);
  call.require(!a.reduction.sum || a.dx, "a reduction needs dx");
  if (!call.failed()) active->modulatedConvGrad(a);
}

void conv(Call& call) {
  const ConvDims d(call, 10);
  if (call.failed()) return;
  ConvArguments a;
  a.window = d.window;
  a.outputs = d.outputs;
  call.require(d.outputs > 0, "dims name no output");
  a.x = call.floats("x", d.inputs());
  a.norm = normalization(call, d.window.channels, d.relu);
  a.filter = call.floats("filter", d.taps() * d.window.channels * d.outputs);
  a.y = call.floats("y", d.outs(d.outputs));
  a.statistics = statistics(call, d.outputs);
  a.pooling = pooling(call, d, d.outputs, a.y);
  if (!call.failed()) active->conv(a);
}

void convGrad(Call& call) {
  const ConvDims d(call, 10);
  if (call.failed()) return;
  ConvGradArguments a;
  a.window = d.window;
  a.outputs = d.outputs;
  call.require(d.outputs > 0, "dims name no output");
  const int64_t filters = d.taps() * d.window.channels * d.outputs;
  a.x = call.floats("x", d.inputs());
  a.norm = normalization(call, d.window.channels, d.relu);
  a.filter = call.floats("filter", filters);
  a.gradient = gradientOf(call, d, d.outputs);
  a.dFilter = call.floats("dFilter", filters);
  a.dx = call.optionalFloats("dx", d.inputs());
  a.reduction = reduction(call, d.window.channels, a.norm);
  call.require(!a.reduction.sum || a.dx, "a reduction needs dx");
  if (!call.failed()) active->convGrad(a);
}

void maxPool(Call& call) {
  const ConvDims d(call);
  if (call.failed()) return;
  MaxPoolArguments a;
  a.window = d.window;
  a.x = call.floats("x", d.inputs());
  a.scale = call.optionalFloats("scale", d.window.channels);
  a.y = call.floats("y", d.outs(d.window.channels));
  a.index = call.bytes("index", d.outs(d.window.channels));
  if (!call.failed()) active->maxPool(a);
}

void maxUnpool(Call& call) {
  const ConvDims d(call);
  if (call.failed()) return;
  MaxUnpoolArguments a;
  a.window = d.window;
  a.dy = call.floats("dy", d.outs(d.window.channels));
  a.index = call.bytes("index", d.outs(d.window.channels));
  a.dx = call.floats("dx", d.inputs());
  if (!call.failed()) active->maxUnpool(a);
}

void averagePool(Call& call) {
  const ConvDims d(call, 9, 4096);
  if (call.failed()) return;
  AveragePoolArguments a;
  a.window = d.window;
  a.x = call.floats("x", d.inputs());
  a.y = call.floats("y", d.outs(d.window.channels));
  if (!call.failed()) active->averagePool(a);
}

void averagePoolGrad(Call& call) {
  const ConvDims d(call, 9, 4096);
  if (call.failed()) return;
  AveragePoolArguments a;
  a.window = d.window;
  a.x = call.floats("dy", d.outs(d.window.channels));
  a.y = call.floats("dx", d.inputs());
  if (!call.failed()) active->averagePoolGrad(a);
}

void matMul(Call& call) {
  const int* d = call.dims(5);
  if (call.failed()) return;
  MatMulArguments a;
  a.rows = d[0];
  a.inner = d[1];
  a.columns = d[2];
  a.transposeA = d[3] != 0;
  a.transposeB = d[4] != 0;
  call.require(a.rows > 0 && a.inner > 0 && a.columns > 0, "dims name an empty matrix");
  a.a = call.floats("a", int64_t{1} * a.rows * a.inner);
  a.b = call.floats("b", int64_t{1} * a.inner * a.columns);
  a.c = call.floats("c", int64_t{1} * a.rows * a.columns);
  if (!call.failed()) active->matMul(a);
}

/** [rows, channels, ...] */
RowsArguments rowsOf(Call& call, int count, bool& relu) {
  RowsArguments a;
  const int* d = call.dims(count);
  if (!d) return a;
  a.rows = d[0];
  a.channels = d[1];
  relu = count > 2 && d[2] != 0;
  call.require(a.rows > 0 && a.channels > 0, "dims name no rows or channels");
  return a;
}

int64_t size(const RowsArguments& a) { return a.rows * a.channels; }

void batchStatistics(Call& call) {
  bool relu = false;
  RowsArguments a = rowsOf(call, 2, relu);
  if (call.failed()) return;
  a.x = call.floats("x", size(a));
  a.statistics = statistics(call, a.channels);
  call.require(a.statistics.mean != nullptr, "mean and variance are missing");
  if (!call.failed()) active->batchStatistics(a);
}

void normalize(Call& call) {
  bool relu = false;
  RowsArguments a = rowsOf(call, 3, relu);
  if (call.failed()) return;
  a.x = call.floats("x", size(a));
  a.norm = normalization(call, a.channels, relu);
  a.y = call.floats("y", size(a));
  if (!call.failed()) active->normalize(a);
}

void normalizeGrad(Call& call) {
  bool relu = false;
  RowsArguments a = rowsOf(call, 3, relu);
  if (call.failed()) return;
  a.x = call.floats("x", size(a));
  a.norm = normalization(call, a.channels, relu);
  a.gradient.dy = call.floats("dy", size(a));
  a.y = call.floats("d", size(a));
  a.reduction = reduction(call, a.channels, a.norm);
  call.require(a.reduction.sum != nullptr, "sum and sumX are missing");
  if (!call.failed()) active->normalizeGrad(a);
}

/** [batch, height, width, channels, pool] */
void combineGradients(Call& call) {
  const int* d = call.dims(5);
  if (call.failed()) return;
  RowsArguments a;
  call.require(d[0] > 0 && d[1] > 0 && d[2] > 0 && d[3] > 0, "dims name no rows or channels");
  a.rows = int64_t{1} * d[0] * d[1] * d[2];
  a.channels = d[3];
  a.width = d[2];
  a.gradient = gradient(call, d[0], d[1], d[2], d[3], d[4]);
  a.other = call.optionalFloats("other", size(a));
  a.y = call.floats("y", size(a));
  if (!call.failed()) active->combineGradients(a);
}

void addWithStatistics(Call& call) {
  bool relu = false;
  RowsArguments a = rowsOf(call, 2, relu);
  if (call.failed()) return;
  a.x = call.floats("a", size(a));
  a.other = call.floats("b", size(a));
  a.y = call.floats("y", size(a));
  a.statistics = statistics(call, a.channels);
  if (!call.failed()) active->addWithStatistics(a);
}

void sgd(Call& call) {
  const int* d = call.dims(2);
  const double* rates = call.doubles("rates", 3);
  if (call.failed()) return;
  SgdArguments a;
  a.count = d[0];
  a.absolute = d[1] != 0;
  a.rate = static_cast<float>(rates[0]);
  a.momentum = static_cast<float>(rates[1]);
  a.decay = static_cast<float>(rates[2]);
  a.w = call.floats("w", a.count);
  a.gradient = call.floats("gradient", a.count);
  a.slot = call.floats("slot", a.count);
  a.newW = call.floats("newW", a.count);
  a.newSlot = call.floats("newSlot", a.count);
  if (!call.failed()) active->sgd(a);
}

TwoSlotArguments twoSlots(Call& call, const int* d, double decay) {
  TwoSlotArguments a;
  a.count = d[0];
  a.absolute = d[1] != 0;
  a.decay = static_cast<float>(decay);
  a.w = call.floats("w", a.count);
  a.gradient = call.floats("gradient", a.count);
  a.first = call.floats("first", a.count);
  a.second = call.floats("second", a.count);
  a.newW = call.floats("newW", a.count);
  a.newFirst = call.floats("newFirst", a.count);
  a.newSecond = call.floats("newSecond", a.count);
  return a;
}

void adam(Call& call) {
  const int* d = call.dims(2);
  const double* constants = call.doubles("constants", 6);
  if (call.failed()) return;
  AdamArguments a;
  a.weight = twoSlots(call, d, constants[0]);
  a.pace = static_cast<float>(constants[1]);
  a.correction = static_cast<float>(constants[2]);
  a.epsilon = static_cast<float>(constants[3]);
  a.keepFirst = static_cast<float>(constants[4]);
  a.takeFirst = static_cast<float>(1 - constants[4]);
  a.keepSecond = static_cast<float>(constants[5]);
  a.takeSecond = static_cast<float>(1 - constants[5]);
  if (!call.failed()) active->adam(a);
}

void adadelta(Call& call) {
  const int* d = call.dims(2);
  const double* constants = call.doubles("constants", 4);
  if (call.failed()) return;
  AdadeltaArguments a;
  a.weight = twoSlots(call, d, constants[0]);
  a.rate = static_cast<float>(constants[1]);
  a.epsilon = static_cast<float>(constants[2]);
  a.keep = static_cast<float>(constants[3]);
  a.take = static_cast<float>(1 - constants[3]);
  if (!call.failed()) active->adadelta(a);
}

void finite(Call& call) {
  const int* d = call.dims(1);
  if (call.failed()) return;
  FiniteArguments a;
  a.count = d[0];
  a.x = call.floats("x", a.count);
  a.check = call.floats("check", 1);
  if (!call.failed()) active->finite(a);
}

void filterLoss(Call& call) {
  const int* d = call.dims(4);
  const double* theta = call.doubles("theta", 1);
  if (call.failed()) return;
  FilterLossArguments a;
  a.theta = static_cast<float>(theta[0]);
  a.taps = d[0];
  a.perTap = d[1];
  a.planes = d[2];
  a.summed = d[3] != 0;
  a.c = call.floats("c", int64_t{1} * a.taps * a.perTap);
  a.chat = call.floats("chat", int64_t{1} * a.taps * a.perTap);
  a.m = call.floats("m", int64_t{1} * a.taps * a.planes);
  a.baseC = call.optionalFloats("baseC", int64_t{1} * a.taps * a.perTap);
  a.baseM = call.optionalFloats("baseM", int64_t{1} * a.taps * a.planes);
  a.value = call.floats("value", 1);
  a.dC = call.floats("dC", int64_t{1} * a.taps * a.perTap);
  a.dM = call.floats("dM", int64_t{1} * a.taps * a.planes);
  if (!call.failed()) active->filterLoss(a);
}

void binarize(Call& call) {
  const int* d = call.dims(2);
  if (call.failed()) return;
  BinarizeArguments a;
  a.count = d[0];
  a.centers = d[1];
  call.require(a.centers > 0, "dims name no center");
  a.c = call.floats("c", a.count);
  a.center = call.floats("center", a.centers);
  a.chat = call.floats("chat", a.count);
  if (!call.failed()) active->binarize(a);
}

void dropout(Call& call) {
  const int* d = call.dims(5);
  const double* rate = call.doubles("rate", 1);
  if (call.failed()) return;
  DropoutArguments a;
  uint32_t key[4];
  for (int i = 0; i < 4; i++) key[i] = static_cast<uint32_t>(d[1 + i]);
  a.count = d[0];
  a.rate = rate[0];
  a.key = key;
  call.require(a.rate >= 0 && a.rate < 1, "rate is not a share below 1");
  a.x = call.floats("x", a.count);
  a.y = call.floats("y", a.count);
  if (!call.failed()) active->dropout(a);
}

void copyChannels(Call& call) {
  const int* d = call.dims(6);
  if (call.failed()) return;
  CopyChannelsArguments a;
  a.rows = d[0];
  a.xChannels = d[1];
  a.yChannels = d[2];
  a.from = d[3];
  a.to = d[4];
  a.count = d[5];
  call.require(a.rows > 0 && a.count > 0 && a.from >= 0 && a.to >= 0 && a.from + a.count <= a.xChannels && a.to + a.count <= a.yChannels,
               "dims name channels that are not there");
  a.x = call.floats("x", a.rows * a.xChannels);
  a.y = call.floats("y", a.rows * a.yChannels);
  if (!call.failed()) active->copyChannels(a);
}

void isa(Call& call) { call.returnText(active->isa); }

void threads(Call& call) { call.returnNumber(ThreadPool::instance().threads()); }

void setThreads(Call& call) {
  const double count = call.number("count");
  if (!call.failed()) ThreadPool::instance().setThreads(static_cast<int>(count));
}

void alignment(Call& call) {
  const auto address = call.address("buffer");
  if (!call.failed()) call.returnNumber(static_cast<double>((64 - address % 64) % 64));
}

template <void (*body)(Call&)>
napi_value enter(napi_env env, napi_callback_info info) {
  Call call(env, info);
  body(call);
  return call.result();
}

template <void (*body)(Call&)>
void define(napi_env env, napi_value exports, const char* name) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, enter<body>, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

napi_value initialize(napi_env env, napi_value exports) {
  define<modulatedConv>(env, exports, "modulatedConv");
  define<modulatedConvGrad>(env, exports, "modulatedConvGrad");
  define<conv>(env, exports, "conv");
  define<convGrad>(env, exports, "convGrad");
  define<maxPool>(env, exports, "maxPool");
  define<maxUnpool>(env, exports, "maxUnpool");
  define<averagePool>(env, exports, "averagePool");
  define<averagePoolGrad>(env, exports, "averagePoolGrad");
  define<matMul>(env, exports, "matMul");
  define<batchStatistics>(env, exports, "statistics");
  define<normalize>(env, exports, "normalize");
  define<normalizeGrad>(env, exports, "normalizeGrad");
  define<combineGradients>(env, exports, "combineGradients");
  define<addWithStatistics>(env, exports, "addWithStatistics");
  define<sgd>(env, exports, "sgd");
  define<adam>(env, exports, "adam");
  define<adadelta>(env, exports, "adadelta");
  define<finite>(env, exports, "finite");
  define<filterLoss>(env, exports, "filterLoss");
  define<binarize>(env, exports, "binarize");
  define<dropout>(env, exports, "dropout");
  define<copyChannels>(env, exports, "copyChannels");
  define<isa>(env, exports, "isa");
  define<threads>(env, exports, "threads");
  define<setThreads>(env, exports, "setThreads");
  define<alignment>(env, exports, "alignment");
  return exports;
}

}  // namespace

NAPI_MODULE(mcn_kernels, initialize)
