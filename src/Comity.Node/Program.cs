using Comity.Node;
using Comity.Node.Commands;

return await CommandLine.RunAsync(Rooms.Catalog, args);
