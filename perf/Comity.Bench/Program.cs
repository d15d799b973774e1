using System.CommandLine;
using System.Globalization;
using Comity.Bench;

// `./comity bench`: what the product needs, on this machine, beside what people would use today. Figures, never a judgement:
// no test waits for them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Whoever is stopped has nodes and servers to end first.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await BenchCommands.Make().Parse(args).InvokeAsync(patience);
