using System.Runtime.CompilerServices;
using dnlib.DotNet;
using dnlib.DotNet.Emit;
using SharpFuzz;
using SharpFuzz.Common;

namespace Comity.Fuzz.Tests.Instrumenting;

/// <summary>
/// Rewrites the copies of the product's assemblies beside this program, so that each branch counts itself. It happens
/// before the first of them is loaded; the next build puts the plain ones back.
/// </summary>
internal static class Instrumentation
{
    private static readonly string[] Names =
    [
        "Comity.OpenPgp",
        "Comity.Protocol",
        "Comity.Stix",
        "Comity.Indicators",
        "Comity.Post",
    ];

    [ModuleInitializer]
    internal static void Begin()
    {
        Coverage.Connect();
        foreach (var name in Names)
        {
            var path = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
            if (!IsInstrumented(path))
                Rewrite(path, name);
        }
    }

    private static bool IsInstrumented(string path)
    {
        using var module = ModuleDefMD.Load(File.ReadAllBytes(path));
        return module.GetAssemblyRefs().Any(reference => reference.Name == typeof(Trace).Assembly.GetName().Name);
    }

    private static void Rewrite(string path, string name)
    {
        // Beside it, and moved into its place as a whole: a run that is stopped half-way leaves the plain one.
        var draft = $"{path}.draft";
        File.Copy(path, draft, overwrite: true);
        Fuzzer.Instrument(draft, _ => true, Options.Value);
        Renumber(draft, name);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The numbers of branches are random as SharpFuzz gives them; a seed must mean the same run everywhere.</summary>
    private static void Renumber(string path, string name)
    {
        using var module = ModuleDefMD.Load(File.ReadAllBytes(path));
        var numbers = new BranchNumbers(name);
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            var number = 0;
            var code = method.Body.Instructions;
            for (var i = 0; i < code.Count; i++)
            {
                if (Is(code[i], OpCodes.Ldsfld, nameof(Trace.SharedMem)))
                    Set(code[i + 1], number = numbers.Next());
                else if (Is(code[i], OpCodes.Stsfld, nameof(Trace.PrevLocation)))
                    Set(code[i - 1], number >> 1);
            }
        }

        module.Write(path);
    }

    private static bool Is(Instruction instruction, OpCode code, string field) =>
        instruction.OpCode == code
        && instruction.Operand is IField { DeclaringType.FullName: "SharpFuzz.Common.Trace" } there
        && there.Name == field;

    private static void Set(Instruction constant, int number)
    {
        if (!constant.IsLdcI4())
            throw new InvalidOperationException("The instrumentation does not look as it did when this was written.");
        constant.OpCode = OpCodes.Ldc_I4;
        constant.Operand = number;
    }
}
