using System.CommandLine;
using System.Globalization;
using Comity.Bench;

// `./comity bench`: what the product needs, on this machine, beside what people would use today. Figures, never a judgement:
// no test waits for them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// What moves while one waits goes where errors go, so that what is found can be kept in a file.
var found = Console.Out;
Console.SetOut(Console.Error);

// Whoever is stopped has nodes and servers to end first.
var patience = new InvocationConfiguration { Output = found, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await BenchCommands.Make(found).Parse(args).InvokeAsync(patience);
