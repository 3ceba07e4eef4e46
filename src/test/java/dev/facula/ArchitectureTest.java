package dev.facula;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.nio.channels.NetworkChannel;
import org.junit.jupiter.api.Test;

/** The arrows of the design: who may know whom. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.facula");

  /** What the ground floor may name of the core. */
  private static final DescribedPredicate<JavaClass> TYPES_AND_ERRORS =
      equivalentTo(DType.class)
          .or(equivalentTo(ShapeException.class))
          .or(equivalentTo(DTypeException.class))
          .as("DType and the exceptions");

  @Test
  void arrowsRunDownOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.facula..")
        .withOptionalLayers(true)
        .layer("vision")
        .definedBy("dev.facula.vision..")
        .layer("training")
        .definedBy("dev.facula.nn..", "dev.facula.loss..", "dev.facula.optim..")
        .layer("data")
        .definedBy("dev.facula.data..")
        .layer("io")
        .definedBy("dev.facula.io..")
        .layer("core")
        .definedBy("dev.facula")
        .layer("array")
        .definedBy("dev.facula.internal.array..")
        .layer("kernel")
        .definedBy("dev.facula.internal.kernel..")
        .layer("parallel")
        .definedBy("dev.facula.internal.parallel..")
        .layer("fused")
        .definedBy("dev.facula.internal.fused..")
        .layer("files")
        .definedBy("dev.facula.internal.files..")
        .whereLayer("vision")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("training")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("vision")
        .whereLayer("io")
        .mayOnlyBeAccessedByLayers("training") // Module.save and load
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers("vision", "training", "data", "io")
        .whereLayer("array")
        .mayOnlyBeAccessedByLayers("core")
        .whereLayer("kernel")
        .mayOnlyBeAccessedByLayers("core", "array") // for the bits of single elements
        .whereLayer("fused")
        .mayOnlyBeAccessedByLayers("core", "training") // steps that are no public API
        .whereLayer("files")
        .mayOnlyBeAccessedByLayers("io", "vision")
        .whereLayer("parallel")
        .mayOnlyBeAccessedByLayers("core", "array", "kernel")
        .ignoreDependency(resideInAPackage("dev.facula.internal.array.."), TYPES_AND_ERRORS)
        .check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.facula.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheSimdKernelsNameTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.facula.internal.kernel.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(MAIN);
  }

  @Test
  void theFloorsBelowKnowNoTensor() {
    noClasses()
        .that()
        .resideInAPackage("dev.facula.internal..")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.facula").and(not(TYPES_AND_ERRORS)))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("dev.facula.internal.kernel..", "dev.facula.internal.parallel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.facula")
        .check(MAIN);
  }

  /** The one internal package that is used from above the core; it is generic in the tensor. */
  @Test
  void onlyLayersAndOptimizersTakeFusedSteps() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.facula", "dev.facula.nn", "dev.facula.optim", "dev.facula.internal.fused")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.facula.internal.fused..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("dev.facula.internal.fused..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.facula..")
                .and(resideOutsideOfPackage("dev.facula.internal.fused")))
        .check(MAIN);
  }

  @Test
  void nothingPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(MAIN);
  }

  @Test
  void nothingChangesTheHost() {
    noClasses()
        .should()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .callMethod(Runtime.class, "addShutdownHook", Thread.class)
        .check(MAIN);
  }

  @Test
  void onlyDownloadsUseTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.facula.vision..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(NetworkChannel.class)
        .check(MAIN);
  }

  @Test
  void nothingIsSerializable() {
    noClasses()
        .that()
        .areNotEnums()
        .and()
        .areNotAssignableTo(Throwable.class)
        .should()
        .beAssignableTo(Serializable.class)
        .check(MAIN);
  }
}
